"""When, and in which order; the only Prefect code and the only reader of the environment."""

"""The bundled newsroom: five invented outlets that report two invented events, in two editions, served on loopback."""

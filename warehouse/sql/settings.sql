-- Every connection of ours speaks UTC and prints nothing.
SET TimeZone = 'UTC';
SET enable_progress_bar = false;

-- Every connection of ours speaks UTC and prints nothing.
SET GLOBAL TimeZone = 'UTC';
SET enable_progress_bar = false;

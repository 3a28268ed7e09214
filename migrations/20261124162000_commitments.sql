-- What a commitment is for. Its states are now confirmed | under-way | kept | postponed | withdrawn.

ALTER TABLE commitment ADD COLUMN about TEXT;  -- the short id of a milestone or an action, or the slug of a theme; NULL: nobody said

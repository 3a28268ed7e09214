-- Workshops: everything that may be said of one, in two languages.

ALTER TABLE workshop ADD COLUMN title_en TEXT;              -- NULL: written in one language only
ALTER TABLE workshop ADD COLUMN description_en TEXT;
ALTER TABLE workshop ADD COLUMN details TEXT;               -- mode, cost, access, themes and so on, in JSON; NULL: nothing is said

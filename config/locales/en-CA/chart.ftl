chart-alt = Bar chart, "{ $title }": { $bars }. { $note }
chart-bar = { $label }: { $figure }
chart-bar-marked = { $label }: { $figure }, { $mark }

chart-alt = Diagramme à barres, « { $title } » : { $bars }. { $note }
chart-bar = { $label } : { $figure }
chart-bar-marked = { $label } : { $figure }, { $mark }

# Les pages publiques d’un collectif.
site-lead = Ici, on avance ensemble vers une transition juste. Voici ce qui se prépare, ce qui se décide et ce qui se fait.
site-home = Accueil
site-workshops = Ateliers
site-polls = Sondages
site-plan = Plan
site-digests = Bilans
site-circles = Cercles
site-privacy = Vos renseignements
site-sections = Pages du site
site-skip = Aller au contenu
site-steps = Où en est la démarche
site-step-here = étape en cours
site-coming = Ce qui vient
site-coming-none = Aucun atelier n’est annoncé pour l’instant.
site-past = Ateliers passés
site-past-none = Aucun atelier n’a encore eu lieu.
site-open = Ce qui se décide
site-open-none = Aucun sondage n’est ouvert pour l’instant.
site-decided = Ce qui est décidé
site-decided-none = Rien n’a encore été décidé par sondage.
site-latest = Le dernier bilan
site-digests-none = Le premier bilan n’est pas encore paru.
site-editions = Éditions parues
site-all-workshops = Tous les ateliers
site-all-polls = Tous les sondages
site-all-digests = Tous les bilans
site-whole-plan = Tout le plan
site-plan-progress =
    { $all ->
        [one] { $moving } jalon sur { $all } a au moins une action lancée.
       *[other] { $moving ->
            [one] { $moving } jalon sur { $all } a au moins une action lancée.
           *[other] { $moving } jalons sur { $all } ont au moins une action lancée.
        }
    }
site-progress =
    { $done ->
        [one] { $done } action réalisée sur { $all }
       *[other] { $done } actions réalisées sur { $all }
    }
site-by-year = d’ici { $year }
site-no-actions = Aucune action n’y mène encore.
site-to-carry = Actions à porter
site-to-carry-how = Une organisation peut s’en charger. Parlez-en à la coordination.
site-to-carry-none = Chaque action du plan est portée par une organisation.
site-commitments = Engagements
site-commitments-none = Aucun engagement n’est encore pris.
site-take-part = Comment participer
site-take-part-how = Tout se passe dans les salons Discord et Matrix du collectif. Écrivez-y l’une de ces commandes :
site-take-part-discord = Sur Discord, mettez « / » à la place de « ! ».
site-calendar = Ajouter à mon agenda
site-calendar-all = S’abonner à tous les ateliers (agenda)
site-feed = Suivre les bilans (Atom)
site-feed-workshops = Suivre les ateliers (Atom)
site-for-circle = pour le cercle « { $circle } »
site-has-report = compte rendu
site-called-off = Annulé
site-full = Complet
site-poll-closes = Ferme { $when }
site-poll-opens = Ouvre { $when }
site-poll-closed = Clos { $when }
site-quiet = Ces pages ne suivent personne : ni témoins, ni mesure d’audience, ni rien qui vienne d’ailleurs.
site-choose = Collectifs
site-no-privacy = La personne responsable n’est pas encore nommée. D’ici là, le robot ne garde rien au sujet de personne.

# Le bulletin sur une page : un lien personnel, un formulaire, sans JavaScript.
web-open = Voter sur une page
web-in-private = Pour remplir votre bulletin sur une page, écrivez-moi en privé : !vote { $id }
web-skip = Aller au contenu
web-languages = Langue
web-about = Bulletin de vote, { $id }
web-preview = Une page personnelle pour voter.
web-yours = Ce lien est personnel. Ne le partagez pas : qui l’a vote à votre place.
web-closes = Vous pouvez voter, et changer votre vote, jusqu’à la fermeture, { $when }.
web-before = Vous avez déjà voté. Votre bulletin est rempli ci-dessous. Le nouveau le remplace.
web-before-for = { $name } a déjà voté. Son bulletin est rempli ci-dessous. Le nouveau le remplace.
web-before-sealed = Vous avez déjà voté. Votre bulletin est scellé : il ne peut pas être montré. Un nouveau le remplace.
web-choice = Votre choix
web-answer = Votre réponse
web-most = Cochez jusqu’à { $most } options.
web-support = Cochez ce que vous appuyez.
web-cost = Coût : { $cost } $
web-score-none = Sans note
web-score = Note de 0 à 5
web-points = Points, de 0 à { $most }
web-rank = Rang
web-rank-none = Sans rang
web-rank-nth =
    { $rank ->
        [1] 1er, la meilleure option
       *[other] { $rank }e
    }
web-rank-nth-name =
    { $rank ->
        [1] 1er choix
       *[other] { $rank }e choix
    }
web-yes = Oui
web-if-need-be = Au besoin
web-no = Non
web-reason = La raison de votre objection
web-reason-note = Remplissez ce champ seulement si vous faites objection. La raison paraît sans votre nom.
web-blank = Bulletin blanc
web-blank-note = Vous participez sans choisir. Laissez alors le reste vide.
web-agree = J’accepte que mon vote soit gardé
web-send = Voter
web-send-again = Remplacer mon vote
web-error = Erreur
web-errors =
    { $count ->
        [one] Il y a un problème dans le bulletin.
       *[other] Il y a { $count } problèmes dans le bulletin.
    }
web-errors-note = Votre vote n’est pas enregistré. Celui que vous aviez donné, s’il y en a un, compte toujours.
web-error-at = { $label } : { $problem }
web-error-empty = Rien n’est rempli. Répondez, ou choisissez « Bulletin blanc ».
web-error-no-answer = Choisissez une réponse.
web-error-blank-and-more = « Bulletin blanc » est coché, et le reste est rempli. Gardez l’un ou l’autre.
web-error-number = Écrivez un nombre entier, par exemple 3.
web-error-unknown = Cette réponse n’existe pas. Choisissez-en une de la liste.
web-error-too-many = Vous avez coché { $chosen } options. Le maximum est de { $most }.
web-error-score = Une note va de { $min } à { $max }.
web-error-over-budget = Vous avez réparti { $given } points. Vous en avez { $budget }.
web-error-over-cap = Vous avez mis { $points } points. Le maximum par option est de { $cap }.
web-error-equal-ranks = Une autre option a le même rang. Donnez à chacune un rang différent.
web-error-no-reason = Écrivez la raison de votre objection.
web-error-no-consent = Sans votre accord, le vote ne peut pas être gardé. Cochez la case.
web-error-reason-long = Le texte a { $length } caractères. Le maximum est de { $max }. Raccourcissez-le.
web-error-reason-control = Le texte contient un caractère invisible. Retapez-le sans copier-coller.
web-voted-title = C’est noté
web-voted-reason = La raison de votre objection
web-change = Changer mon vote
web-leave = Vous pouvez fermer cette page.
web-wrong-title = Ce lien ne fonctionne pas
web-wrong = Il est incomplet ou il a été changé. Demandez-en un nouveau au robot : tapez « !vote » et le numéro du sondage dans un message privé, ou appuyez sur « Voter » sous la carte.
web-expired-title = Ce lien a expiré
web-expired = Un lien ne sert qu’un temps, et jamais après la fermeture. Si le sondage est encore ouvert, demandez-en un nouveau au robot. Le vote que vous aviez donné, s’il y en a un, compte toujours.
web-closed-title = Le sondage est clos
web-closed = Le sondage { $id } ne prend plus de votes. Le vote que vous aviez donné, s’il y en a un, compte. Le résultat est dans les salons.
web-not-open-title = Le sondage n’est pas encore ouvert
web-not-open = Le sondage { $id } ouvre { $when }. Revenez alors avec ce lien.
web-not-eligible-title = Ce sondage est pour d’autres personnes
web-not-eligible = Le sondage { $id } est pour les personnes qui ont participé avant son ouverture.
web-cannot-title = Votre vote n’est pas enregistré
web-gone-title = Il n’y a rien ici
web-gone = Cette page n’existe pas. Vérifiez l’adresse.
web-refused-title = La demande vient d’une autre page
web-refused = Votre vote n’est pas enregistré. Ouvrez votre lien personnel et votez sur sa page.
web-failed-title = Le vote n’a pas pu être enregistré
web-failed = Ce n’est pas votre faute, et rien n’a été changé. Réessayez dans quelques minutes. Si cela se répète, donnez cette référence à la coordination : { $reference }.

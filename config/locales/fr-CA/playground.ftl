# La page du terrain de jeu.

# La page elle-même
playground-title = Terrain de jeu
playground-skip = Aller aux salons
playground-languages = Langue de la page
playground-you-are = Vous êtes
playground-clock = L’horloge du jeu
playground-hour = +1 h
playground-day = +1 jour
playground-deadline = Prochaine échéance
playground-noscript = Cette page a besoin de JavaScript.
playground-rooms = Salon affiché
playground-private = Messages privés du robot
playground-left = Salon à boutons
playground-left-short = Boutons
playground-left-about = Comme sur Discord : boutons, menus, formulaires, commandes avec « / ».
playground-left-label = Écrire dans le salon à boutons
playground-left-placeholder = Écrivez, ou tapez / pour les commandes
playground-commands = Commandes
playground-right = Salon au clavier
playground-right-short = Clavier
playground-right-about = Comme sur Matrix : on écrit, on réagit, commandes avec « ! ».
playground-right-label = Écrire dans le salon au clavier
playground-right-placeholder = Écrivez, par exemple : !aide
playground-right-help = Entrée envoie. Majuscule et Entrée vont à la ligne.
playground-send = Envoyer
playground-cancel = Annuler
playground-submit = Envoyer le formulaire

# Les personnes que l’on peut être
playground-name-organizer = Alix
playground-part-organizer = équipe d’organisation
playground-name-citizen-1 = Camille
playground-part-citizen-1 = participe
playground-name-citizen-2 = Noor
playground-part-citizen-2 = participe
playground-name-citizen-3 = Sacha
playground-part-citizen-3 = participe
playground-name-partner = Dominique
playground-part-partner = partenaire, rédaction
playground-name-steward = Maxime
playground-part-steward = intendance du robot

# À essayer, sans le signe qui ouvre une commande
playground-examples = À essayer :
playground-example-workshop = atelier créer "Se nourrir en 2040" jeudi prochain 19 h
playground-example-poll =
    sondage créer
    Par quoi commencer?
    - Le transport
    - Le bâtiment
    - L’alimentation
playground-example-going = viens A3
playground-example-vote = vote S1 a
playground-example-commitment = engagement prendre "Je vais au travail à vélo"
playground-example-help = aide

# Ce que le serveur répond de lui-même
playground-hint-slash = Dans ce salon, les commandes commencent par « / ». Rien n’a changé.
playground-hint-bang = Dans ce salon, les commandes commencent par « ! ». Rien n’a changé.
playground-missing = Il manque encore :
playground-optional = { $label } (au choix)
playground-type-instead = Écrivez par exemple :

# Mots du script. %name% et ses semblables y sont remplacés.
playground-bot = Cercles
playground-edited = mis à jour
playground-pinned = épinglé
playground-only-you = visible pour vous seulement
playground-reply-only-you = réponse, visible pour vous seulement
playground-private-message = message privé
playground-reply = Réponses
playground-used = %name% a utilisé %command%
playground-choose = Choisir
playground-poll-answer = Répondre
playground-poll-votes = (voix : %count%)
playground-react = Répondre par une réaction
playground-reacted = %label% : %count% avec le robot. %names%
playground-form-required = (obligatoire)
playground-sending = Envoi en cours.
playground-card-updated = Mis à jour : %title%
playground-new-message = %room%, %name% : %text%
playground-new-private = Pour vous seulement : %text%
playground-options-found = %count% commandes possibles
playground-clock-moved = Il est maintenant : %now%
playground-no-deadline = Aucune échéance n’attend.
playground-offline = La page a perdu le lien avec le robot. Elle réessaie toute seule.
playground-failed = Cela n’a pas fonctionné. Rien n’a été envoyé.

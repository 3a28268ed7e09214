reminder-offer = Voulez-vous des rappels en privé, la veille des ateliers où vous venez, avant la fermeture des sondages où vous n’avez pas voté, et pour savoir où en sont vos engagements? Tapez !rappels oui ou !rappels non. Je ne le demanderai plus.
reminder-yes = Oui, en privé
reminder-no = Non merci
reminder-chosen-on = C’est noté. Je vous écrirai en privé, à ce compte, la veille des ateliers où vous venez, avant la fermeture des sondages où vous n’avez pas voté, et pour savoir où en sont vos engagements (au plus une fois en deux semaines). Pour arrêter : !rappels non
reminder-chosen-off = C’est noté. Je ne vous enverrai pas de rappels en privé. Pour en recevoir : !rappels oui
reminder-hello = Vos rappels arriveront ici, en privé. Pour les arrêter : !rappels non
reminder-title = Vos rappels en privé
reminder-what = Je peux vous écrire en privé la veille d’un atelier où vous venez, même peut-être, avant la fermeture d’un sondage où vous n’avez pas voté, et pour savoir où en sont vos engagements (au plus une fois en deux semaines). Jamais entre 21 h et 8 h.
reminder-is-on = Vous avez dit oui.
reminder-is-off = Vous avez dit non : je ne vous envoie pas de rappels.
reminder-is-unsaid = Vous n’avez rien choisi : je ne vous envoie pas de rappels.
reminder-here = Ils arrivent à ce compte.
reminder-elsewhere = Ils arrivent à votre compte { $account }. Pour les recevoir à celui-ci : !rappels oui
reminder-how = Pour choisir : les boutons, ou tapez !rappels oui (ou : !rappels non)
reminder-broken-here = Mes messages privés n’arrivent pas à ce compte. Vous trouverez les rappels dans les salons.
reminder-broken-elsewhere = Mes messages privés n’arrivent pas à votre compte { $account }. Vous trouverez les rappels dans les salons; pour les recevoir à ce compte-ci, tapez !rappels oui.
reminder-open =
    { $network ->
        [discord] Pour les recevoir en privé sur Discord : dans les paramètres de confidentialité du serveur, permettez les messages privés, puis utilisez la commande « rappels oui ».
        [matrix] Pour les recevoir en privé sur Matrix : acceptez mon invitation à une conversation privée. Si vous ne l’avez plus, la commande « rappels oui » en envoie une autre.
       *[other] Pour les recevoir en privé : utilisez la commande « rappels oui ».
    }
reminder-stop = Pour arrêter ces rappels : !rappels non
reminder-workshop-tomorrow = C’est demain : { $title }
reminder-workshop-today = C’est aujourd’hui : { $title }
reminder-workshop-coming = À venir : { $title }
reminder-workshop-soon = C’est bientôt : { $title }
reminder-workshop-yes = Vous avez répondu « Je viens ». Est-ce toujours le cas?
reminder-workshop-maybe = Vous avez répondu « Peut-être ». Viendrez-vous?
reminder-workshop-confirm = Je confirme
reminder-workshop-cancel = Je ne viens pas
reminder-poll-title = Vous n’avez pas encore voté : { $question }

checkin-title = { $collective } : votre engagement { $id }
checkin-hello = Bonjour! Voici un engagement que vous avez pris { $when } :
checkin-hello-organisation = Bonjour! Voici un engagement pris { $when } par une organisation que vous représentez :
checkin-due = Échéance : { $when }
checkin-question =
    Où en êtes-vous? Répondez ici par un numéro, quand vous voudrez.
    1. C’est fait
    2. C’est en cours
    3. J’aimerais un coup de main
    4. Je change l’échéance (par exemple : 4 15 janvier)
    5. Je passe le relais, ou je retire cet engagement
checkin-others = Vous tenez aussi :
checkin-other = { $id } · { $sentence }
checkin-others-how = Pour chacun : !point { $id } fait (ou : en-cours, coup-de-main, nouvelle-date, relais)
checkin-stop = Toutes les réponses nous aident à planifier. Pour arrêter ces messages : !rappels non
checkin-done = C’est fait
checkin-under-way = En cours
checkin-hand = Un coup de main
checkin-new-date = Nouvelle date
checkin-pass-on = Relais ou retrait
checkin-footer = { $id } · Pour répondre : un numéro de 1 à 5, ou !point { $id } en-cours
checkin-missing = Sans nouvelles depuis ma question : { $ids }. Une réponse est bienvenue quand vous voudrez, par exemple : !point { $first } en-cours
checkin-new-date-example = !point { $id } nouvelle-date 15 janvier
checkin-hand-told = C’est transmis : la coordination sait qu’un coup de main aiderait l’engagement { $id }, sans votre nom ni votre phrase. Sa réponse vous parviendra en privé.
checkin-hand-nowhere = Votre réponse pour { $id } est notée. Mais la coordination n’a pas de salon où je pourrais le lui dire : je n’ai prévenu personne.
checkin-hand-write = Vous pouvez écrire vous-même : { $organisation } ({ $officer }), { $email }
checkin-pass-on-how = C’est noté, et sans reproche. Pour que quelqu’un d’autre prenne l’engagement { $id }, donnez-lui le code que je vous donnerai en privé; ou retirez-le :
checkin-hand-over = Je passe le relais
checkin-withdraw = Je le retire
checkin-pass-on-footer = { $id } · Ou tapez : !engagement transmettre { $id }, ou !engagement retirer { $id }
checkin-wanted-title = Un coup de main pour { $id }
checkin-wanted = Un coup de main aiderait l’engagement { $id }. Je ne dis ni qui le tient ni sa phrase; votre réponse parviendra à cette personne en privé.
checkin-wanted-public = { $who } aimerait un coup de main pour l’engagement { $id }. Votre réponse parviendra en privé à qui l’a demandé :
checkin-wanted-about = Pour : { $about }
checkin-wanted-answered = Une réponse est partie. Vous pouvez en ajouter une.
checkin-wanted-over = Ce n’est plus nécessaire : { $id } est tenu ou retiré, ou la demande a servi.
checkin-wanted-answer = Répondre
checkin-wanted-how = { $id } · Pour répondre : !engagement aider { $id } "Passez à l’atelier A12, nous chercherons ensemble."
checkin-hand-title = La coordination vous répond au sujet de { $id }
checkin-hand-from = La coordination ne sait pas à qui elle répond. Vous décidez si vous lui écrivez.
checkin-hand-footer = { $id } · Pour redemander un coup de main : !point { $id } coup-de-main
checkin-hand-lent = C’est envoyé, en privé, à la personne qui tient l’engagement { $id }.
checkin-overview-title = Suivi des engagements
checkin-open = À tenir
checkin-without-news = Dont sans nouvelles
checkin-without-news-is = Sans nouvelles : ma question est restée sans réponse depuis deux jours. Ce n’est pas un échec, et je ne dis pas de qui il s’agit.
checkin-few = moins de cinq
checkin-hands = Un coup de main est demandé pour : { $ids }. Pour répondre : !engagement aider { $first } "…"

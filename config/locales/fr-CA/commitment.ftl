commitment-taken = Votre engagement { $id } est enregistré :
commitment-corrected = Votre engagement { $id } est corrigé :
commitment-due = À tenir avant : { $when }.
commitment-private = Seul le nombre d’engagements est montré aux autres, jamais votre nom ni votre phrase.
commitment-checkin-done = Fait
commitment-checkin-under-way = En cours
commitment-footer = { $id } · Pour faire le point, tapez : !point { $id } fait (ou : !point { $id } en-cours)
commitment-is-kept = Bravo! L’engagement { $id } est tenu :
commitment-is-under-way = C’est noté : l’engagement { $id } est en cours.
commitment-none = Vous n’avez pas encore pris d’engagement. Pour en prendre un, tapez : !engagement "Je …"
commitment-how-to-check-in = Pour faire le point, tapez : !point suivi du numéro et de « fait » ou « en-cours ».
commitment-list-title = Vos engagements
commitment-line = { $id } · { $sentence } ({ $state })
commitment-state-proposed = attend d’autres
commitment-state-confirmed = pris
commitment-state-under-way = en cours
commitment-state-kept = tenu
commitment-about = Pour : { $about }
commitment-postponed = Votre engagement { $id } est reporté :
commitment-withdrawn = C’est noté : l’engagement { $id } est retiré. Merci de l’avoir dit; cela libère la place pour autre chose.
commitment-state-postponed = reporté
commitment-state-withdrawn = retiré
commitment-confirm-title = Votre engagement, avant de l’enregistrer
commitment-confirm = Confirmer
commitment-reword = Dire autrement
commitment-confirm-how = Rien n’est encore enregistré. Pour confirmer, tapez : !engagement confirmer
commitment-public = Visible de tout le monde : « { $name } » et cette phrase.
commitment-taken-over = L’engagement { $id } est maintenant le vôtre, merci! Les autres n’en voient que le nombre, sauf si vous choisissez « visible ».
commitment-one-title = Engagement { $id } ({ $state })
commitment-offered-title = Passer le relais de { $id }
commitment-offered-how = Donnez ce code à la personne qui reprend votre engagement. Elle l’écrit au robot en privé (sur Discord, « /engagement reprendre » avec ce code). Elle lira votre phrase, mais pas votre nom :
commitment-offered-careful = Le code est bon { $days } jours, une seule fois. Jusque-là, l’engagement reste le vôtre. Un nouveau code remplace celui-ci.
commitment-code-wrong = Ce code n’est pas bon, ou ne l’est plus. Demandez-en un autre à la personne qui passe le relais.
commitment-hidden = C’est fait. Le nom et la phrase de { $id } ne sont plus montrés; l’engagement reste à la personne qui l’a pris.
commitment-line-named = { $id } · { $name } : { $sentence } ({ $state })
commitment-others = Et { $count } autres engagements de personnes.
commitment-others-few = Et quelques autres engagements de personnes (moins de cinq).
commitment-others-kept = Et { $count } autres engagements de personnes, dont { $kept } tenus.
commitment-state-handed-over = transmis
commitment-terms =
    Si { $others ->
        [1] une autre personne s’engage aussi
       *[other] { $others } autres s’engagent aussi
    }, au plus tard { $when }. La phrase sera montrée dans les salons comme un appel, sans votre nom; chaque personne pourra s’y joindre.

link-remove = retirer
link-code-title = Lier un autre compte
link-code-how = Depuis votre autre compte, écrivez-moi en privé (sur Discord, « /lier » avec ce code) :
link-code-careful = Ce code sert une seule fois, pendant { $minutes } minutes. Ne le donnez à personne : il lierait son compte au vôtre. Personne d’autre ne saura que les deux comptes sont à vous.
link-wrong = Ce code n’est pas bon, ou ne l’est plus. Demandez-en un autre avec « !lier » depuis votre autre compte.
link-not-here = Pas ici : d’autres lisent ce salon. Si c’était un code, il ne sert plus. Demandez-en un autre et tapez-le en privé (sur Discord, « /lier »).
link-linked = C’est fait. Vos comptes sont liés : vous comptez maintenant pour une seule personne.
link-joined =
    { $count ->
        [one] { $count } geste de ce compte est maintenant avec les autres.
       *[other] { $count } gestes de ce compte sont maintenant avec les autres.
    }
link-settled = Vous aviez répondu avec les deux comptes. Votre dernier geste compte :
link-settled-answer = { $id } : { $answer }
link-settled-ballot = { $id } : { $label }
link-settled-sealed = { $id } (vote confidentiel) : un seul bulletin compte, celui du compte qui a donné le code. Vous pouvez voter de nouveau.
link-receipt-changed = { $id } (vote confidentiel) : votre bulletin a un nouveau reçu. Pour le voir, en privé : !vote { $id }
link-nobody-knows = Personne d’autre ne peut voir ce lien. Pour le défaire : « !délier ».
link-unlinked = C’est fait. Ce compte n’est plus lié. Ce que vous avez fait reste avec vos autres comptes; je ne garde plus rien sur celui-ci.
link-reminders-ended = Vos rappels en privé arrivaient à ce compte et s’arrêtent. Pour en recevoir à un autre, tapez-y : !rappels oui

organisation-roll-title = Organisations partenaires
organisation-roll-none = Aucune organisation n’est inscrite.
organisation-line = { $name } ({ $slug }) · { $sector }
organisation-sector-retired = secteur retiré
organisation-roll-voice = Chacune a une voix dans les sondages qui en donnent une aux organisations, par une personne qui la représente.
organisation-roll-how = Pour tenir cette liste : « !organisation ajouter », « modifier » ou « retirer ». Pour qu’une personne représente une organisation : « !mandat donner » et son sigle.
organisation-added = L’organisation « { $name } » est inscrite. Son sigle : { $slug }
organisation-added-next = Pour qu’une personne la représente :
organisation-edited = C’est modifié : { $name } ({ $slug }) · { $sector }
organisation-retired = L’organisation « { $name } » ne participe plus, et personne ne la représente plus. Le vote qu’elle avait donné à un sondage ouvert, s’il y en a un, compte toujours.
mandate-code-title = Représenter { $name }
mandate-code-how = Donnez ce code à la personne qui représentera cette organisation. Elle l’écrit au robot en privé (sur Discord, « /mandat prendre » avec ce code) :
mandate-code-careful =
    { $days ->
        [one] Ce code sert une seule fois, pendant { $days } jour. Qui l’a parle pour l’organisation : donnez-le en privé.
       *[other] Ce code sert une seule fois, pendant { $days } jours. Qui l’a parle pour l’organisation : donnez-le en privé.
    }
mandate-wrong = Ce code n’est pas bon, ou ne l’est plus. Demandez-en un autre à la coordination.
mandate-not-here = Pas ici : d’autres lisent ce salon. Si c’était un code, il ne sert plus. Demandez-en un autre à la coordination et tapez-le en privé (sur Discord, « /mandat prendre »).
mandate-taken = C’est fait. Vous représentez { $name }.
mandate-taken-how = Dans les sondages où les organisations ont une voix, vous pouvez voter en votre nom et au nom de { $name }, par exemple :
mandate-taken-known = La coordination voit quel compte représente l’organisation et vote pour elle. Pour cesser de la représenter : « !mandat retirer { $slug } ».
mandate-own-title = Vos mandats
mandate-own-none = Vous ne représentez aucune organisation. La coordination donne les mandats, par un code.
mandate-own-line = { $name } ({ $slug })
mandate-own-how = Pour voter au nom d’une organisation, ajoutez « pour » et son sigle. Pour cesser de la représenter : « !mandat retirer » et son sigle.
mandate-of-title = Qui représente { $name }
mandate-of-none = Personne ne la représente.
mandate-of-how = Pour retirer un mandat : !mandat retirer { $slug } compte=…
mandate-ended = C’est fait. Ce compte ne représente plus { $name }. Ce qui a été voté pour elle reste son vote.
mandate-left = C’est fait. Vous ne représentez plus { $name }. Ce que vous avez voté pour elle reste son vote.

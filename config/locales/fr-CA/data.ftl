data-title = Ce que je garde à votre sujet
data-nothing = Je ne garde rien à votre sujet. Pour savoir ce que je garderais et pourquoi : « !confidentialité ».
data-accounts = Vos comptes
data-record = Votre fiche
data-since = depuis { $when }
data-consent = accord donné { $when }
data-withdrawn = accord retiré { $when }
data-language = langue choisie : { $language }
data-role = rôle donné par l’intendance : { $role } ({ $account })
data-answers = Vos réponses aux ateliers
data-attendance = Ateliers où vous étiez, et votre avis
data-took-part = a pris part en { $month } (effacement prévu : { $until })
data-attended = sur place
data-feedback = votre avis, { $useful }
data-answer = { $id } : { $text } (effacement prévu : { $until })
data-ballots = Vos votes
data-ballot = { $id } : { $text }
data-sealed = { $id } : bulletin scellé; personne ne peut le lire avant la fermeture, où il perd tout lien avec vous
data-proposals = Vos options proposées
data-proposal =
    { $id } : « { $text } », { $standing ->
        [waiting] en attente
        [accepted] acceptée
        [refused] refusée
        [lapsed] sans décision
       *[withdrawn] retirée
    }
data-commitments = Vos engagements
data-commitment = { $id } : « { $text } » (effacement prévu : { $until })
data-mandates = Organisations que vous représentez
data-mandate = { $name } ({ $slug }), par le compte { $account }, depuis { $when }
data-reminders-on = rappels en privé voulus, au compte { $account } (choix fait { $when })
data-reminders-off = rappels en privé refusés, depuis le compte { $account } (choix fait { $when })
data-reminders-asked = rappels en privé proposés { $when }
data-closed = messages privés impossibles au compte { $account }, depuis { $when }
data-reminders = Vos rappels en privé
data-reminded = { $id } : envoyé { $when }
data-to-be-reminded = { $id } : à envoyer
data-journal = Vos gestes inscrits au journal
data-act = { $act }, { $when }
data-more =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
data-what-next = Pour tout emporter : « !mes-données exporter ». Pour tout effacer : « !mes-données effacer ».
data-exported = Voici tout ce que je garde à votre sujet, en JSON.
data-erase-title = Tout effacer?
data-erase-button = Tout effacer
data-how-to-erase = Pour confirmer : le bouton, ou tapez !mes-données effacer oui
data-would-go =
    J’effacerais votre fiche, { $accounts ->
        [one] { $accounts } compte
       *[other] { $accounts } comptes
    }, { $answers ->
        [one] { $answers } réponse
       *[other] { $answers } réponses
    }, { $ballots ->
        [one] { $ballots } vote
       *[other] { $ballots } votes
    }, { $proposals ->
        [one] { $proposals } option proposée
       *[other] { $proposals } options proposées
    }, { $commitments ->
        [one] { $commitments } engagement
       *[other] { $commitments } engagements
    } et { $mandates ->
        [one] { $mandates } mandat
       *[other] { $mandates } mandats
    }. Dans le journal, { $acts ->
        [one] { $acts } geste ne dirait plus qui l’a fait
       *[other] { $acts } gestes ne diraient plus qui les a faits
    }. Dans les sondages ouverts et les ateliers à venir, votre réponse ne compterait plus.
data-gone =
    C’est fait. J’ai effacé votre fiche, { $accounts ->
        [one] { $accounts } compte
       *[other] { $accounts } comptes
    }, { $answers ->
        [one] { $answers } réponse
       *[other] { $answers } réponses
    }, { $ballots ->
        [one] { $ballots } vote
       *[other] { $ballots } votes
    }, { $proposals ->
        [one] { $proposals } option proposée
       *[other] { $proposals } options proposées
    }, { $commitments ->
        [one] { $commitments } engagement
       *[other] { $commitments } engagements
    } et { $mandates ->
        [one] { $mandates } mandat
       *[other] { $mandates } mandats
    }. Dans le journal, { $acts ->
        [one] { $acts } geste ne dit plus qui l’a fait
       *[other] { $acts } gestes ne disent plus qui les a faits
    }.
data-stays = Ce qui reste : les totaux de ce qui est terminé, qui ne permettent de reconnaître personne; les ateliers et les sondages annoncés, les options acceptées et les votes au nom d’une organisation, sans dire par qui; et les copies de sauvegarde, jusqu’à leur remplacement.
data-cannot = Je ne peux pas effacer vos propres messages, ni ce que gardent Discord et les serveurs Matrix.
data-role-gone = Votre rôle était donné par la configuration : demandez à l’intendance de l’en retirer, sinon il reviendra avec votre identifiant.
data-checkin =
    { $id }, dernière nouvelle { $heard }{ $is-asked ->
        [true] ; dernière question { $asked }
       *[other] { "" }
    }{ $is-hand ->
        [true] ; coup de main demandé { $hand }
       *[other] { "" }
    }
data-last-asked = Dernier message privé au sujet d’un engagement : { $id }, { $when }

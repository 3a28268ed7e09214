# Appels : « je m’engage, si d’autres aussi ».
pledge-title = Appel { $id } : qui s’y met aussi?
pledge-until-open = Chaque personne dit combien d’autres il lui faut (à l’origine : { $others }). Dès que le compte y est, son engagement commence. Dernier jour pour s’y joindre : { $when }.
pledge-until-closed = L’appel est terminé; son dernier jour était { $when }.
pledge-active = S’engagent : { $active }
pledge-waiting = Attendent d’autres : { $waiting }
pledge-left = Se sont retirés depuis : { $left }
pledge-next =
    { $more ->
        [one] Une personne de plus
       *[other] { $more } personnes de plus
    }, et { $tips ->
        [one] un engagement s’active.
       *[other] { $tips } engagements s’activent.
    }
pledge-join =
    Moi aussi, si { $others ->
        [0] d’autres ou non
        [1] une autre personne
       *[other] { $others } autres
    }
pledge-join-if = Moi aussi, à mon seuil
pledge-join-anyway = Moi aussi, de toute façon
pledge-anyway = Je le fais quand même
pledge-footer-open = { $id } · Pour vous joindre, tapez : !engagement rejoindre { $id } (ou, à votre seuil : !engagement rejoindre { $id } si 5)
pledge-footer-closed = { $id } · Pour voir les appels ouverts, tapez : !engagement appels
pledge-footer-own = { $id } · Pour vous retirer, tapez : !engagement retirer { $id }
pledge-tipped-title = L’appel { $id } bascule
pledge-tipped =
    { $active ->
        [one] Le compte y est : un engagement commence.
       *[other] Le compte y est : { $active } engagements commencent.
    } Merci de vous y mettre.
pledge-over-title = L’appel { $id } est terminé
pledge-over-nobody = Personne ne s’y est joint, cette fois. L’idée reste bonne à reprendre.
pledge-over-all =
    { $active ->
        [one] Un engagement est pris.
       *[other] { $active } engagements sont pris, et personne n’attend plus.
    }
pledge-over-none =
    { $waiting ->
        [one] Une personne était prête, si d’autres venaient. Le compte n’y était pas.
       *[other] { $waiting } personnes étaient prêtes, si d’autres venaient. Le compte n’y était pas.
    }
pledge-over-some =
    { $active ->
        [one] Un engagement est pris
       *[other] { $active } engagements sont pris
    }; { $waiting ->
        [one] une personne attendait plus de monde.
       *[other] { $waiting } personnes attendaient plus de monde.
    }
pledge-over-how = Si vous attendiez : faites-le quand même (bouton, ou !engagement rejoindre { $id } si 0), demandez moins d’autres (!engagement rejoindre { $id } si 3), ou laissez tomber sans reproche. L’appel peut être prolongé par qui l’a lancé ou par la coordination : !engagement prolonger { $id } avant=2027-06-01
pledge-joined-waits = C’est noté : votre part est { $own }. Elle commence { $others ->
        [1] dès qu’une autre personne s’engage
       *[other] dès que { $others } autres s’engagent
    }; d’ici là, rien ne vous lie.
pledge-joined-active = C’est parti : votre engagement { $own } compte.
pledge-extended = C’est fait. Dernier jour de l’appel { $id } : { $when }.
pledge-list-title = Appels ouverts
pledge-none = Aucun appel n’est ouvert. Pour en lancer un, tapez par exemple : !engagement "Je composte" si 20 avant=2027-06-01
pledge-line = { $id } · { $sentence } · s’engagent : { $active }, attendent : { $waiting } · dernier jour : { $when }
pledge-list-how = Pour vous joindre, tapez : !engagement rejoindre et le numéro.

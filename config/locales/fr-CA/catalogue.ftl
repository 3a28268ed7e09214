catalogue-title = Idées d’engagements
catalogue-title-of = Idées d’engagements : { $circle }
catalogue-none = Le catalogue est encore vide ici. Dites votre engagement à votre façon : « !engagement prendre », puis une phrase qui commence par « Je ».
catalogue-more =
    { $count ->
        [one] Et { $count } autre idée : nommez un cercle pour la trouver.
       *[other] Et { $count } autres idées : nommez un cercle pour les trouver.
    }
catalogue-how = Pour en faire votre engagement : un bouton, ou « !catalogue prendre C1 ». Avec une date : « !catalogue prendre C1 avant=2027-06-01 ». Vous pourrez changer la phrase ensuite.
catalogue-take = Prendre { $id }
catalogue-added = { $id } est au catalogue.
catalogue-edited = { $id } est modifié. Les engagements déjà pris ne changent pas.
catalogue-retired = { $id } n’est plus au catalogue. Les engagements déjà pris ne changent pas.

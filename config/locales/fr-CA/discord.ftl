# Ce que seul Discord dit. Le reste est dans les autres fichiers.

# L’événement n’a pas pu être traité ; le journal a la trace.
discord-failed = Quelque chose s’est brisé de notre côté, et rien n’a été changé. Réessayez ; si ça continue, parlez-en à la personne qui s’occupe du robot.

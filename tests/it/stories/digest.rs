//! A digest is looked at, then published, in each room's language.

use crate::discord_sim::{DiscordSim, SimOptions};
use crate::support::app::{App, Setting, in_a_month};
use crate::support::{needs, synapse::Synapse};

#[tokio::test]
async fn a_digest_is_previewed_in_private_and_published_in_the_language_of_each_room() {
    needs!(synapse);
    let synapse = Synapse::shared().await;
    let sim = DiscordSim::start(SimOptions::default()).await;
    let setting = Setting {
        matrix_language: "en-CA",
        ..Setting::default()
    };
    let app = App::start(&sim, synapse, setting).await;
    let organizer = &app.discord_organizer;

    let empty = organizer.slash("bilan publier", &[]).await;
    assert!(empty.contains("Il n’y a rien à raconter"), "{empty}");
    let when = in_a_month();
    let options = [("titre", "Semences"), ("quand", when.as_str())];
    organizer.slash("atelier créer", &options).await;
    let options = [("question", "Quel quartier?"), ("options", "Nord; Sud")];
    organizer.slash("sondage créer", &options).await;
    organizer
        .slash("vote", &[("sondage", "S1"), ("choix", "a")])
        .await;
    organizer.slash("sondage clore", &[("sondage", "S1")]).await;
    organizer.commits("Je plante un arbre").await;

    let preview = organizer.slash("bilan aperçu", &[]).await;
    for words in [
        "bilan",
        "Décidé",
        "« Nord » arrive en tête",
        "Moins de cinq engagements pris",
        "À venir",
        "A1 · Semences",
        "Aperçu. Pour le publier",
    ] {
        assert!(preview.contains(words), "{words:?} is not in {preview}");
    }
    assert!(!preview.contains("plante un arbre"), "{preview}");
    app.each_room_has(0, "Moins de cinq").await;

    let published = organizer.slash("bilan publier", &[]).await;
    assert!(
        published.contains("est publié dans les salons"),
        "{published}"
    );
    app.discord_card(|card| {
        let text = card.text();
        text.contains("Décidé") && text.contains("Moins de cinq engagements pris")
    })
    .await;
    let english = app
        .matrix_card(|card| card.body.contains("digest of") && card.body.contains("Decided"))
        .await;
    for words in [
        "Fewer than five commitments taken",
        "Coming up",
        "A1 · Semences",
    ] {
        assert!(
            english.body.contains(words),
            "{words:?} is not in {}",
            english.body
        );
    }
    let again = organizer.slash("bilan publier", &[]).await;
    assert!(!again.contains("enregistr"), "{again}");
    app.delivered().await;
    let cards = app.matrix_cards().await;
    let digests = cards.iter().filter(|card| card.body.contains("digest of"));
    let editions = app.number("SELECT count(*) FROM digest").await;
    assert_eq!(i64::try_from(digests.count()).unwrap(), editions);
    app.finish().await;
}

//! What to do when something falls due. A deadline is finished in the same transaction as its effect.

use chrono::{DateTime, Utc};

use super::reminders::due as reminders;
use super::{ServiceError, checkins, digests, plan, pledges, polls, pulses, widening, workshops};
use crate::domain::schedule::DeadlineKind;
use crate::store::Tx;
use crate::store::deadlines::{self, Due};

/// Does what fell due, unless it was done before.
///
/// # Errors
/// The database's.
pub async fn run(tx: &mut Tx, due: &Due, now: DateTime<Utc>) -> Result<(), ServiceError> {
    // Finished first: of two processes that see the same deadline, the second waits for this row and finds it done.
    if !deadlines::finish(tx, due).await? {
        return Ok(());
    }
    match due.kind {
        DeadlineKind::WorkshopPublishes => workshops::publishes(tx, due.subject, now).await,
        DeadlineKind::WorkshopReminder => reminders::day_before(tx, due.subject, now).await,
        DeadlineKind::WorkshopSoon => reminders::hour_before(tx, due.subject, now).await,
        DeadlineKind::WorkshopOver => workshops::over(tx, due.subject, now).await,
        DeadlineKind::WorkshopThanks => workshops::thanks(tx, due.subject, now).await,
        DeadlineKind::WorkshopReport => workshops::ask_for_report(tx, due.subject, now).await,
        DeadlineKind::SeriesNext => workshops::advance(tx, due.subject, now).await,
        DeadlineKind::RsvpCloses => workshops::rsvp_closes(tx, due.subject).await,
        DeadlineKind::OfferEnds => workshops::offer_ends(tx, due.subject, now).await,
        DeadlineKind::PollProposals => polls::remind_organizers(tx, due.subject, now).await,
        DeadlineKind::PollOpens => polls::begin(tx, due.subject, now).await,
        DeadlineKind::PollReminder => reminders::before_close(tx, due.subject, now).await,
        DeadlineKind::PollCloses => polls::due(tx, due.subject, due.due_at, now).await,
        DeadlineKind::PledgeCloses => pledges::closes(tx, due.subject, now).await,
        DeadlineKind::PledgeTells => pledges::tells(tx, due.subject, now).await,
        DeadlineKind::PulseEnds => pulses::due(tx, due.subject, due.due_at).await,
        DeadlineKind::CheckIns => checkins::round(tx, due.subject, now).await,
        DeadlineKind::MonthEnds => widening::month_ended(tx, due.subject, due.due_at, now).await,
        DeadlineKind::PlanDue => plan::versions::due(tx, due.subject, now).await,
        DeadlineKind::WeeklyDigest => digests::weekly(tx, due.subject, now).await,
    }
}

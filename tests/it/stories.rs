//! Stories of whole evenings: the real binary, people on Discord and on Matrix, one record.
//!
//! Each file is a subject; a story is told by its people in short sentences (see
//! [`support::app`](crate::support::app)) and looks only at what rooms and people see. To tell a new one: start an
//! [`App`](crate::support::app::App), let people act, wait for what the rooms show, end with `finish`.

mod agenda;
mod attendance;
mod catalogue;
mod chart;
mod checkins;
mod circles;
mod commitments;
mod confidential;
mod consent;
mod crash;
mod data;
mod digest;
mod doctor;
mod drafts;
mod events;
mod export;
mod federation;
mod kinds;
mod linking;
mod lists;
mod organisations;
mod outage;
mod plan;
mod pledges;
mod poll;
mod polled;
mod proposals;
mod pulse;
mod refusals;
mod reminders;
mod roles;
mod series;
mod sharing;
mod versions;
mod waitlist;
mod web;
mod workshop;

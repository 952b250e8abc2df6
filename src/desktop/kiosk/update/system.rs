//! What comes from outside of the screens (start, clock, server, window), and what staff do: enrol, set the camera, leave.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use iced::{Task, window};

use crate::camera::Choice;
use crate::desktop::boot::{self, Booted, Trouble};
use crate::desktop::kiosk::idle::{self, Presence};
use crate::desktop::kiosk::screen::{Screen, camera, done, setup};
use crate::desktop::kiosk::staff::{self, Staff};
use crate::desktop::kiosk::{App, EXIT_STAFF, Message, System};
use crate::desktop::office::Office;
use crate::desktop::sound::Sounds;
use crate::store::settings::WayOut;
use crate::sync::outbox::Link;

/// Seconds between two questions for the setup: while it is missing, and while nobody is there.
const ASK_AGAIN: u64 = 5;
const ASK_LATER: u64 = 300;

impl App {
    pub(super) fn system(&mut self, message: System) -> Task<Message> {
        match message {
            System::Booted(Ok(parcel)) => {
                let Some(booted) = parcel.take() else { return Task::none() };
                let Booted { terminal, sender, office, camera, rotation, sound, way_out } = booted;
                self.kit.terminal = Some(terminal);
                self.sender = Some(sender);
                self.staff = Staff::remembered(way_out);
                self.kit.rotation = rotation;
                self.kit.sounds = if sound { Sounds::on() } else { Sounds::off() };
                if !self.kit.camera_named {
                    self.kit.camera = Choice::Webcam(camera);
                }
                let open = match office {
                    Some(office) => self.open(office),
                    None => Task::none(),
                };
                Task::batch([open, self.refresh()])
            }
            System::Booted(Err(trouble)) => {
                self.screen = Screen::Setup(setup::Setup::troubled(trouble));
                Task::none()
            }
            System::Refreshed(answer) => {
                self.refreshing = false;
                let waiting = matches!(self.screen, Screen::Setup(_));
                match answer {
                    Ok(office) if waiting => return self.open(office),
                    Ok(office) => self.kit.office = Some(office),
                    Err(trouble) if waiting => {
                        self.screen = Screen::Setup(setup::Setup::troubled(trouble));
                    }
                    // what was remembered serves until the server answers again; another key never does
                    Err(Trouble::OtherKey | Trouble::Unknown) if self.session.is_none() => {
                        self.kit.office = None;
                        self.screen = Screen::Setup(setup::Setup::troubled(Trouble::Unknown));
                    }
                    Err(_) => {}
                }
                Task::none()
            }
            System::Ticked(now) => self.second(now),
            System::StaffCalled => self.staff(staff::Message::Called),
            System::Touched => {
                self.idle.touched();
                self.warning = None;
                Task::none()
            }
            System::Opened(id, size) => {
                self.fit(size * self.kit.scale);
                if self.options.windowed {
                    Task::none()
                } else {
                    window::set_level(id, window::Level::AlwaysOnTop)
                }
            }
            System::Resized(size) => {
                self.fit(size * self.kit.scale);
                Task::none()
            }
            System::PhotoSent(Ok(())) if self.sending.take().is_some() => {
                self.finish(Screen::Done(done::Done::PhotoReplaced))
            }
            System::PhotoSent(Err(failure)) if self.sending.take().is_some() => {
                if let Screen::Photo(photo) = &mut self.screen {
                    photo.failed(failure.says(&self.texts));
                }
                Task::none()
            }
            // the session ended meanwhile
            System::PhotoSent(_) => Task::none(),
            System::CloseRequested if self.options.windowed => iced::exit(),
            System::CloseRequested | System::Finished => Task::none(),
            System::LaidOut(layout) => {
                let Some(report) = &self.options.report else { return Task::none() };
                let written = report.write(layout.times(self.kit.scale));
                Task::perform(written, |()| Message::System(System::Finished))
            }
        }
    }

    fn second(&mut self, now: Instant) -> Task<Message> {
        self.seconds += 1;
        self.staff.tick(self.seconds);
        if let Some(sender) = &self.sender {
            let link = sender.state().borrow().link;
            self.offline = !matches!(link, Link::Online | Link::Unknown);
        }
        let resting = matches!(self.screen, Screen::Attract | Screen::Setup(_));
        if resting && !self.staff.asks() {
            self.idle.touched();
            return self.rest();
        }
        let patient = matches!(&self.screen, Screen::Phone(phone) if phone.patient());
        match self.idle.tick(now, if patient { idle::WARN_LATER } else { idle::WARN_AFTER }) {
            Presence::Here => self.warning = None,
            Presence::Warned { left } => self.warning = Some(left),
            Presence::Gone => return self.wipe(),
        }
        match &mut self.screen {
            Screen::Phone(phone) => phone.second(&self.kit).map(Message::Phone),
            _ => Task::none(),
        }
    }

    /// A second in which nobody is there.
    fn rest(&mut self) -> Task<Message> {
        match &self.screen {
            Screen::Setup(setup) if setup.passing() && self.seconds.is_multiple_of(ASK_AGAIN) => {
                if self.kit.terminal.is_none() { self.boot() } else { self.refresh() }
            }
            Screen::Attract if self.seconds.is_multiple_of(ASK_LATER) => self.refresh(),
            _ => Task::none(),
        }
    }

    /// Asks the server what this terminal is set up with.
    fn refresh(&mut self) -> Task<Message> {
        let Some(terminal) = self.kit.terminal.clone() else { return Task::none() };
        if std::mem::replace(&mut self.refreshing, true) {
            return Task::none();
        }
        Task::perform(boot::refresh(terminal), |office| Message::System(System::Refreshed(office)))
    }

    pub(super) fn setup(&mut self, message: setup::Message) -> Task<Message> {
        let Screen::Setup(setup) = &mut self.screen else { return Task::none() };
        match setup.update(message, &self.kit, self.options.data.clone()) {
            setup::Action::None => Task::none(),
            setup::Action::Run(task) => task.map(Message::Setup),
            setup::Action::Boot if self.kit.terminal.is_some() => self.refresh(),
            setup::Action::Enrolled => {
                self.enrolled_now = true;
                self.screen = Screen::Setup(setup::Setup::default());
                self.boot()
            }
            setup::Action::Boot => {
                self.screen = Screen::Setup(setup::Setup::default());
                self.boot()
            }
        }
    }

    pub(super) fn staff(&mut self, message: staff::Message) -> Task<Message> {
        let office = self.kit.office.clone();
        let there = office.as_ref().is_none_or(|office| office.exit.is_some());
        let check = |code: &str| {
            office.as_ref().and_then(|office| office.exit.as_ref()).is_some_and(|check| check(code))
        };
        let keep = match self.staff.update(message, self.seconds, self.kit.now(), there, check) {
            staff::Action::None => return Task::none(),
            staff::Action::Remember(way_out) => way_out,
            staff::Action::Granted(wish) => {
                let keep = self.keep_way_out(WayOut::default());
                tracing::info!(?wish, "staff gave their code");
                return match wish {
                    staff::Wish::Leave => {
                        self.options.exit_code.store(EXIT_STAFF, Ordering::Relaxed);
                        Task::batch([self.wipe(), keep.chain(iced::exit())])
                    }
                    staff::Wish::Camera => Task::batch([self.wipe(), keep, self.set_up_camera()]),
                };
            }
        };
        self.keep_way_out(keep)
    }

    fn keep_way_out(&self, way_out: WayOut) -> Task<Message> {
        let Some(terminal) = self.kit.terminal.clone() else { return Task::none() };
        let keep = boot::remember_way_out(terminal, way_out);
        Task::perform(keep, |()| Message::System(System::Finished))
    }

    /// The terminal can work: after it was enrolled, the camera is looked at first.
    fn open(&mut self, office: Arc<Office>) -> Task<Message> {
        self.kit.office = Some(office);
        self.screen = Screen::Attract;
        if std::mem::take(&mut self.enrolled_now) { self.set_up_camera() } else { Task::none() }
    }

    fn set_up_camera(&mut self) -> Task<Message> {
        let (setup, list) = camera::Setup::new(&self.kit);
        self.screen = Screen::Camera(Box::new(setup));
        list.map(Message::Camera)
    }

    pub(super) fn camera(&mut self, message: camera::Message) -> Task<Message> {
        let Screen::Camera(setup) = &mut self.screen else { return Task::none() };
        match setup.update(message, &self.kit) {
            camera::Action::None => Task::none(),
            camera::Action::Run(task) => task.map(Message::Camera),
            camera::Action::Kept(choice, rotation, sounds) => {
                (self.kit.camera, self.kit.rotation, self.kit.sounds) = (choice, rotation, sounds);
                self.screen = Screen::Attract;
                Task::none()
            }
        }
    }
}

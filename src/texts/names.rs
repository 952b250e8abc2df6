//! Words for what the domain names.

use super::Texts;
use crate::domain::card::IdDocument;
use crate::domain::person::Language;

impl Texts {
    /// A kind of identity document.
    pub fn document(&self, kind: IdDocument) -> String {
        match kind {
            IdDocument::Passport => self.counter_document_passport(),
            IdDocument::NationalIdCard => self.counter_document_national(),
            IdDocument::DrivingLicence => self.counter_document_driving(),
            IdDocument::BankCardWithPhoto => self.counter_document_bank(),
            IdDocument::ImmigrantTravelDocument => self.counter_document_travel(),
            IdDocument::DigitalDrivingLicence => self.counter_document_digital(),
        }
    }

    /// A language, by its own name.
    pub fn name_of(&self, language: Language) -> String {
        match language {
            Language::Bokmal => self.language_nb(),
            Language::Nynorsk => self.language_nn(),
            Language::English => self.language_en(),
        }
    }
}

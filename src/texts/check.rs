//! The words of a check: verdicts, weights, and what was measured with its unit.

use crate::domain::person::Language;
use crate::domain::photo::{Limit, Rule, Unit, Verdict, Weight};

use super::Texts;

impl Texts {
    /// A rule's value with its unit: `3,7 %`, `211 px`.
    pub fn quantity(&self, rule: Rule, value: f32) -> String {
        match rule.unit() {
            Unit::Pixels => format!("{} px", self.figure(value)),
            Unit::Degrees => format!("{}°", self.figure(value)),
            Unit::Faces => self.check_quantity_faces(f64::from(value)),
            Unit::Levels => self.check_quantity_levels(self.figure(value)),
            Unit::Colour => self.check_quantity_colour(self.figure(value)),
            Unit::Share => self.check_quantity_share(self.figure(value * 100.0)),
            Unit::Figure => self.figure(value),
        }
    }

    /// What a rule's value has to be: `at least 60 px`.
    pub fn limit(&self, rule: Rule, limit: Limit) -> String {
        let quantity = |value| self.quantity(rule, value);
        match limit {
            Limit::AtLeast(low) => self.check_limit_least(quantity(low)),
            Limit::AtMost(high) => self.check_limit_most(quantity(high)),
            Limit::Between(low, high) if low == high => self.check_limit_exactly(quantity(low)),
            Limit::Between(low, high) => self.check_limit_between(quantity(low), quantity(high)),
        }
    }

    pub fn verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Accept => self.check_accept(),
            Verdict::Ask => self.check_ask(),
            Verdict::Refuse => self.check_refuse(),
            Verdict::Unreadable => self.check_unreadable(),
        }
    }

    /// What a broken rule of this weight leads to.
    pub fn weight(&self, weight: Weight) -> String {
        match weight {
            Weight::Hard => self.check_weight_hard(),
            Weight::Soft => self.check_weight_soft(),
            Weight::Advice => self.check_weight_advice(),
        }
    }

    /// A figure of three digits, or all of a larger one, with the language's own marks.
    pub fn figure(&self, value: f32) -> String {
        let figure = match value.abs() {
            0.0..10.0 => format!("{value:.2}"),
            10.0..100.0 => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        };
        let figure = if figure.contains('.') {
            figure.trim_end_matches('0').trim_end_matches('.')
        } else {
            figure.as_str()
        };
        let figure = if figure == "-0" { "0" } else { figure };
        match self.language() {
            Language::English => figure.replace('-', "−"),
            Language::Bokmal | Language::Nynorsk => figure.replace('.', ",").replace('-', "−"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_units_and_the_languages_own_marks() {
        let texts = Language::ALL.map(|language| Texts::load(language).unwrap());
        let said = |rule, value| texts.each_ref().map(|texts| texts.quantity(rule, value));
        let of = |language: Language, said: [String; 3]| {
            let at = Language::ALL.into_iter().position(|other| other == language).unwrap();
            said[at].clone()
        };
        assert_eq!(of(Language::Bokmal, said(Rule::EyesOpen, 0.0368)), "3,68 %");
        assert_eq!(of(Language::English, said(Rule::EyesOpen, 0.037)), "3.7%");
        assert_eq!(of(Language::Nynorsk, said(Rule::Yaw, -14.96)), "−15°");
        assert_eq!(of(Language::English, said(Rule::Resolution, 211.4)), "211 px");
        assert_eq!(of(Language::English, said(Rule::OneFace, 1.0)), "1 face");
        assert_eq!(of(Language::Bokmal, said(Rule::OneFace, 2.0)), "2 ansikter");
        for texts in &texts {
            assert_eq!((texts.figure(-0.001), texts.figure(1200.0)), ("0".into(), "1200".into()));
            for rule in Rule::ALL {
                let limit = texts.limit(rule, Limit::Between(0.1, 0.25));
                assert!(limit.contains(&texts.quantity(rule, 0.25)), "{limit}");
            }
        }
    }
}

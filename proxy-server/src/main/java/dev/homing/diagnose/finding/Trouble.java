package dev.homing.diagnose.finding;

import dev.homing.observe.path.Place;
import java.util.Locale;

/// Something that the doctor can find. Each part of the way has an enum of them, and the reference
/// page is made from these.
///
/// `{name}` in a remedy or a command is a blank that the finding fills.
public interface Trouble {

    /// What is known of it beforehand.
    ///
    /// @param place where it is, unless the finding says otherwise
    /// @param severity how bad it is, unless the finding says otherwise
    /// @param sentence what is so
    /// @param remedy what to do, as a sentence
    /// @param command what to type for it; empty if there is nothing to type
    record Account(
            Place place, Severity severity, String sentence, String remedy, String command) {}

    /// The enum's own name of it.
    String name();

    Account account();

    /// As JSON and documents spell it.
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

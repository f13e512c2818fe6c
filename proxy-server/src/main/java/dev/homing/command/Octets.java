package dev.homing.command;

import dev.homing.control.config.value.Shown;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Octets as somebody pasted them: hexadecimal digits, with or without `0x`, colons and blanks.
final class Octets {

    private static final Pattern BETWEEN = Pattern.compile("[:\\s]+");

    private final byte[] value;

    Octets(byte[] value) {
        this.value = value.clone();
    }

    byte[] value() {
        return value.clone();
    }

    static final class Converter implements ITypeConverter<Octets> {

        @Override
        public Octets convert(String text) {
            String trimmed = text.strip().toLowerCase(Locale.ROOT);
            String digits =
                    BETWEEN.matcher(trimmed.startsWith("0x") ? trimmed.substring(2) : trimmed)
                            .replaceAll("");
            for (int i = 0; i < digits.length(); i++) {
                if (!HexFormat.isHexDigit(digits.charAt(i))) {
                    throw new TypeConversionException(
                            "'%s' has '%s', which is no hexadecimal digit"
                                    .formatted(Shown.plain(text), digits.charAt(i)));
                }
            }
            if (digits.length() % 2 != 0) {
                throw new TypeConversionException(
                        "'%s' has %d hexadecimal digits, which is no whole number of octets"
                                .formatted(Shown.plain(text), digits.length()));
            }
            return new Octets(HexFormat.of().parseHex(digits));
        }
    }
}

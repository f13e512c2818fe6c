/// The pages of docs/reference, made from the code and compared with what is in the repository.
@NullMarked
package dev.homing.reference;

import org.jspecify.annotations.NullMarked;

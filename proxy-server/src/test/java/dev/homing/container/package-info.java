/// The image that docker/Dockerfile makes, in containers of a Docker engine. Where none answers,
/// the tests are skipped and say so; `.ci/engine` brings one along.
@NullMarked
package dev.homing.container;

import org.jspecify.annotations.NullMarked;

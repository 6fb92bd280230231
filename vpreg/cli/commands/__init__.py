"""The commands of `vpreg`: a function a file, listed in `vpreg.cli.application`."""

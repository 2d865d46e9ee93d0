"""Sources as an owner meets them: what each allows, and the owner's own access to it."""

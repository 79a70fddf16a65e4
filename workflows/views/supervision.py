"""督办. (The lead writes this one now.)"""

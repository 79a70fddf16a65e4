"""The procedure certificate's page. (The lead writes this one now.)"""

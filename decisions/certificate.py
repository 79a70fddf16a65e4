"""The procedure certificate (程序合规证书). (The lead writes this one now: helper "meeting", leave it and 督办 to me.)"""

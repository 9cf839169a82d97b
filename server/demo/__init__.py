"""A believable school to look at: Alder Creek School, invented from end to end.

It is made of the same files a real school would bring and comes in through the real imports; its
rolls are taken through the real service. Passwords here are for the demo alone, and its server
answers on this machine only.
"""

"""What one run leaves for the next: trees of parsed files, in packs that only the holder of a secret can make.

``secret`` is where the secret comes from, ``pack`` seals and opens, ``folder`` reads and writes files of its own and nothing else, ``fill``
makes entries, ``session`` does it all around one run. A store is never needed: whatever is wrong with it, the run goes on without.
"""

from bbws_gate.store.folder import Unusable
from bbws_gate.store.secret import given_secret, own_secret
from bbws_gate.store.session import Store, in_folder, of_user, with_store

__all__ = ["Store", "Unusable", "given_secret", "in_folder", "of_user", "own_secret", "with_store"]

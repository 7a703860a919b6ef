import './grammar';
import './lenses';
import './manifest';
import './messages';
import './page';
import './program';
import './protocol';

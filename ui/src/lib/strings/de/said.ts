/**
 * Was die Anwendung selbst sagt, auf Deutsch: ihr Satz, wie er im Quelltext steht, und seine Übersetzung. Klammern
 * stehen für Werte, die so bleiben oder selbst übersetzt werden.
 */
export const said: Record<string, string> = {
  // Anmeldung
  "no Confluence site is connected": "keine Confluence-Site ist verbunden",
  "run `coagentor connect`, or press Connect Confluence": "drücken Sie „Confluence verbinden“",
  "your Atlassian sign-in has expired; your spaces are still selected":
    "Ihre Anmeldung bei Atlassian ist abgelaufen; Ihre Bereiche sind noch ausgewählt",
  "Your Atlassian sign-in has expired. Your spaces are still selected.":
    "Ihre Anmeldung bei Atlassian ist abgelaufen. Ihre Bereiche sind noch ausgewählt.",
  "press Reconnect, or run `coagentor connect`; pages and selection are kept":
    "drücken Sie „Neu anmelden“; Seiten und Auswahl bleiben",
  "no OAuth client id is set": "die Anmeldung im Browser ist nicht eingerichtet",
  "give your own OAuth app in Settings, or set COAGENTOR_CLIENT_ID (and COAGENTOR_CLIENT_SECRET), or use an API token":
    "geben Sie in den Einstellungen eine eigene App an, oder nehmen Sie ein API-Token",
  "no Confluence site found for this account": "für dieses Konto gibt es keine Confluence-Site",
  "sign in with an account that can use Confluence on some site":
    "melden Sie sich mit einem Konto an, das Confluence auf einer Site benutzen darf",
  "this sign-in reaches several sites: {}": "diese Anmeldung erreicht mehrere Sites: {}",
  "this sign-in does not reach a site `{wanted}`; it reaches {}":
    "diese Anmeldung erreicht keine Site `{wanted}`; sie erreicht {}",
  "choose one with `--site NAME`": "wählen Sie eine davon",
  "no sign-in is waiting for an answer": "keine Anmeldung wartet auf eine Antwort",
  "the sign-in was cancelled": "die Anmeldung wurde abgebrochen",
  "access was not granted": "der Zugriff wurde nicht erlaubt",
  "connect again and press Accept on Atlassian's page":
    "verbinden Sie noch einmal, und drücken Sie „Accept“ auf der Seite von Atlassian",
  "the callback does not belong to this sign-in": "die Antwort gehört nicht zu dieser Anmeldung",
  "the callback is malformed: {reason}": "die Antwort ist fehlerhaft: {reason}",
  "start the sign-in again from the app": "beginnen Sie die Anmeldung in der App von vorn",
  "Atlassian refused the sign-in with `{code}`": "Atlassian hat die Anmeldung mit `{code}` abgelehnt",
  "every permission that the app asks for has to be enabled for it at Atlassian":
    "jede Berechtigung, um die die App bittet, muss bei Atlassian für sie eingeschaltet sein",
  "the sign-in was not finished in time": "die Anmeldung wurde nicht rechtzeitig fertig",
  "finish the sign-in in the browser; if Atlassian's page shows an error about the redirect or callback URL, that URL is not registered for this client id":
    "schließen Sie die Anmeldung im Browser ab; nennt die Seite von Atlassian einen Fehler bei der Redirect- oder Callback-URL, ist diese für die Client-ID nicht eingetragen",
  "the refresh was cancelled": "das Erneuern der Anmeldung wurde abgebrochen",
  "port {port} is in use by another program": "ein anderes Programm benutzt den Port {port}",
  "close the program that uses port {port}, or set another registered callback port":
    "beenden Sie das Programm, das den Port {port} benutzt, oder stellen Sie einen anderen eingetragenen Port ein",
  "cannot listen on port {port}": "der Port {port} lässt sich nicht öffnen",
  "the sign-in code was no longer valid": "der Anmeldecode galt nicht mehr",
  "the grant has no refresh token: the scope `offline_access` is missing":
    "die Anmeldung lässt sich nicht erneuern: die Berechtigung `offline_access` fehlt",
  "add the scope offline_access, then connect again":
    "fügen Sie die Berechtigung offline_access hinzu, und verbinden Sie noch einmal",
  "the connection to Confluence has ended": "die Verbindung zu Confluence ist beendet",
  "connect Confluence again; pages that are already here stay":
    "verbinden Sie Confluence noch einmal; Seiten, die schon hier sind, bleiben",
  "not signed in": "nicht angemeldet",
  "connect Confluence first": "verbinden Sie zuerst Confluence",
  "Atlassian does not accept the app's client secret": "Atlassian nimmt das Client-Secret der App nicht an",
  "check the client secret of the OAuth app": "prüfen Sie das Client-Secret der App",
  "the token endpoint is not available": "die Anmeldestelle von Atlassian ist nicht zu erreichen",
  "the secret store failed": "der Schlüsselbund hat versagt",
  "unlock the system's keychain, then try again":
    "entsperren Sie den Schlüsselbund des Systems, und versuchen Sie es noch einmal",
  "the sign-in is not set up: {reason}": "die Anmeldung ist nicht eingerichtet: {reason}",
  "check client id, scopes and callback address": "prüfen Sie Client-ID, Berechtigungen und Callback-Adresse",

  // Schlüsselbund
  "the secret store can't be used: {reason}": "der Schlüsselbund lässt sich nicht benutzen: {reason}",
  "unlock the system's keyring, choose another place in Settings, or set COAGENTOR_SECRET_STORE=file to keep tokens in a file only you can read":
    "entsperren Sie den Schlüsselbund des Systems, oder wählen Sie in den Einstellungen einen anderen Ort",
  "it stopped while answering": "er hat mitten in der Antwort aufgehört",
  "it does not answer; is the keyring locked?": "er antwortet nicht; ist er gesperrt?",
  "it does not keep what it is given": "er behält nicht, was er bekommt",
  "the secrets are locked": "die Anmeldung ist gesperrt",
  "open the app and enter the passphrase": "geben Sie in der App die Passphrase ein",
  "the passphrase is wrong, or the file of secrets is damaged":
    "die Passphrase ist falsch, oder die Datei mit der Anmeldung ist beschädigt",
  "try again; a new passphrase means signing in again":
    "versuchen Sie es noch einmal; mit einer neuen Passphrase melden Sie sich neu an",

  // Abgleich
  "choose at least one space": "wählen Sie mindestens einen Bereich",
  "tick a space and press Save selection, or run `coagentor select KEY`":
    "haken Sie einen Bereich an, und drücken Sie „Auswahl speichern“",
  "no space with the key {}": "es gibt keinen Bereich mit dem Schlüssel {}",
  "`coagentor spaces` lists the keys; the selection was not changed": "die Auswahl wurde nicht geändert",
  "a sync is already running ({who})": "ein Abgleich läuft schon ({who})",
  "this window": "dieses Fenster",
  "wait for it to finish, or cancel it where it runs": "warten Sie, bis er fertig ist, oder brechen Sie ihn dort ab",
  "no sync is due": "kein Abgleich steht an",
  "the sync was cancelled": "der Abgleich wurde abgebrochen",
  "no stored page has the id `{id}`": "keine gespeicherte Seite hat die Nummer `{id}`",
  "`coagentor pages` lists the stored pages": "die Liste der Seiten zeigt, welche es gibt",
  "the scheduler failed: {0}": "der Zeitplan hat versagt: {0}",
  "the sample workspace can't be started: {reason}": "der Beispielbereich lässt sich nicht starten: {reason}",
  "`{url}` is not a page of the connected site": "`{url}` ist keine Seite der verbundenen Site",

  // Warum eine Seite fehlt
  "the space was not listed: {error}": "der Bereich wurde nicht gelesen: {error}",
  "not fetched yet: {error}": "noch nicht geholt: {error}",
  "{} pages are no longer listed, and Confluence did not confirm that they are gone: {error}; they are kept":
    "{} Seiten stehen nicht mehr in der Liste, und Confluence hat nicht bestätigt, dass sie weg sind: {error}; sie bleiben",
  "Confluence returned a live doc without its text; the text of before is kept":
    "Confluence lieferte ein Live-Dokument ohne seinen Text; der bisherige Text bleibt",
  "Confluence returned it without a body": "Confluence lieferte die Seite ohne Text",
  "Confluence lists it but does not return its text": "Confluence führt die Seite auf, liefert aber ihren Text nicht",
  "it disappeared while it was being synced, or Confluence does not let you read it":
    "die Seite verschwand während des Abgleichs, oder Sie dürfen sie nicht lesen",
  "it does not fit the plan": "die Seite passt nicht in den Tarif",
  "Confluence does not show it any more": "Confluence zeigt die Seite nicht mehr",
  "it moved to a space that is not selected": "die Seite liegt jetzt in einem Bereich, der nicht ausgewählt ist",
  "it was archived in Confluence": "die Seite wurde in Confluence archiviert",
  "it is in Confluence's bin": "die Seite liegt im Papierkorb von Confluence",
  "it was removed from Confluence, or you may no longer see it":
    "die Seite wurde aus Confluence entfernt, oder Sie dürfen sie nicht mehr sehen",
  "its space is not selected": "ihr Bereich ist nicht ausgewählt",

  // Netz und Confluence
  "no connection to `{host}`": "keine Verbindung zu `{host}`",
  "check the internet connection, VPN and proxy, then try again":
    "prüfen Sie Internetverbindung, VPN und Proxy, und versuchen Sie es noch einmal",
  "`{host}` did not answer in time": "`{host}` hat nicht rechtzeitig geantwortet",
  "try again in a few minutes; status.atlassian.com tells about outages":
    "versuchen Sie es in ein paar Minuten noch einmal; status.atlassian.com nennt Störungen",
  "rate limited until {until}{}": "Atlassian begrenzt die Anfragen bis {until}{}",
  "nothing is lost; try again after {}": "nichts ist verloren; versuchen Sie es nach {} noch einmal",
  "Confluence refused the credentials: `{message}`": "Confluence nimmt die Anmeldung nicht an: `{message}`",
  "connect Confluence again, or check e-mail address and API token":
    "verbinden Sie Confluence noch einmal, oder prüfen Sie E-Mail-Adresse und API-Token",
  "the grant lacks a scope: `{message}`": "der Anmeldung fehlt eine Berechtigung: `{message}`",
  "connect Confluence again and allow every permission that is asked for":
    "verbinden Sie Confluence noch einmal, und erlauben Sie jede Berechtigung, um die gebeten wird",
  "not permitted: `{message}`": "nicht erlaubt: `{message}`",
  "ask a Confluence administrator for access": "bitten Sie Ihre Confluence-Verwaltung um Zugriff",
  "not found": "nicht gefunden",
  "it may have been deleted, or your account may not see it":
    "vielleicht wurde es gelöscht, oder Ihr Konto darf es nicht sehen",
  "this endpoint is gone: `{message}`": "diese Schnittstelle gibt es nicht mehr: `{message}`",
  "Confluence refused the request: `{message}`": "Confluence hat die Anfrage abgelehnt: `{message}`",
  "update the app: it asks Atlassian for something that has changed":
    "aktualisieren Sie die App: bei Atlassian hat sich etwas geändert",
  "the list's cursor is no longer valid": "die Liste wurde zu alt, um weitergelesen zu werden",
  "the server repeated a list's cursor": "der Server hat eine Liste immer wieder von vorn begonnen",
  "start the list again": "beginnen Sie von vorn",
  "the server failed with status {status}": "der Server hat mit Status {status} versagt",
  "unexpected status {status}": "unerwarteter Status {status}",
  "check the site address": "prüfen Sie die Adresse der Site",
  "unexpected answer: {problem}": "unerwartete Antwort: {problem}",
  "not JSON": "kein JSON",
  "cut short": "zu früh zu Ende",
  "a next link without a cursor": "ein Verweis auf die nächste Seite ohne Stelle",
  "a proxy or a login page may be in the way; try again, or try from another network":
    "vielleicht ist ein Proxy oder eine Anmeldeseite dazwischen; versuchen Sie es noch einmal, oder aus einem anderen Netz",
  "the answer is larger than {limit} bytes": "die Antwort ist größer als {limit} Bytes",
  "the page is too large to copy": "die Seite ist zu groß",
  "`{origin}` is neither https nor this machine": "`{origin}` ist weder https noch dieser Rechner",
  "use an address that begins with https://": "nehmen Sie eine Adresse, die mit https:// beginnt",
  "the HTTP client could not be set up": "die Verbindung ins Netz ließ sich nicht einrichten",

  // Dateien
  "`{path}` is not a file that can be read": "`{path}` ist keine Datei, die gelesen werden kann",
  "add a folder, or a Markdown, text, HTML, PDF, DOCX, CSV or XLSX file":
    "fügen Sie einen Ordner hinzu, oder eine Datei mit Markdown, Text, HTML, PDF, DOCX, CSV oder XLSX",
  "`{path}` lies in `{source_path}`, which was added already":
    "`{path}` liegt in `{source_path}`, der schon hinzugefügt ist",
  "nothing needs to be done: it is read with the folder": "es ist nichts zu tun: mit dem Ordner wird es gelesen",
  "`{path}` has more than {limit} files": "`{path}` hat mehr als {limit} Dateien",
  "add the folders inside that matter to your meetings":
    "fügen Sie die Ordner darin hinzu, die für Ihre Besprechungen zählen",
  "`{path}` is not among the folders and files that were added":
    "`{path}` ist nicht unter den Ordnern und Dateien, die hinzugefügt wurden",
  "`coagentor files` lists them": "die Liste zeigt, welche es gibt",
  "the file is larger than {limit} bytes": "die Datei ist größer als {limit} Bytes",
  "the file is encrypted": "die Datei ist verschlüsselt",
  "the pages are images without text": "die Seiten sind Bilder ohne Text",
  "the file is not text": "die Datei ist kein Text",
  "the file is damaged: {reason}": "die Datei ist beschädigt: {reason}",
  "the file has no text": "die Datei hat keinen Text",
  "Split the file, or leave it out.": "Teilen Sie die Datei, oder lassen Sie sie weg.",
  "Save a copy without a password.": "Speichern Sie eine Kopie ohne Passwort.",
  "Run text recognition (OCR) on the file and save it with its text.":
    "Lassen Sie eine Texterkennung (OCR) laufen, und speichern Sie die Datei mit ihrem Text.",
  "Rename the file to what it is, or leave it out.":
    "Benennen Sie die Datei nach dem, was sie ist, oder lassen Sie sie weg.",
  "Open the file in the program that wrote it and save it again.":
    "Öffnen Sie die Datei in dem Programm, das sie geschrieben hat, und speichern Sie sie neu.",
  "There is nothing to find in this file.": "In dieser Datei gibt es nichts zu finden.",

  // Daten auf diesem Rechner
  "`{path}` is not empty": "`{path}` ist nicht leer",
  "name a folder that is empty or not there yet": "nennen Sie einen Ordner, der leer ist oder den es noch nicht gibt",
  "`{path}` is damaged": "`{path}` ist beschädigt",
  "move the file away and start again; a sync brings the pages back":
    "legen Sie die Datei woanders hin, und starten Sie neu; ein Abgleich bringt die Seiten zurück",
  "check the path: nothing is there": "prüfen Sie den Pfad: dort ist nichts",
  "check that the data folder can be written and the disk is not full":
    "prüfen Sie, ob der Datenordner beschrieben werden kann und die Platte nicht voll ist",
  "the database failed: {0}": "die Datenbank hat versagt: {0}",
  "the database could not be brought up to date: {0}": "die Datenbank ließ sich nicht erneuern: {0}",
  "the knowledge base at `{path}` is damaged": "die Wissensdatenbank `{path}` ist beschädigt",
  "delete knowledge.db: a sync brings its content back":
    "löschen Sie knowledge.db: ein Abgleich bringt den Inhalt zurück",
  "the knowledge base at `{path}` was written by a newer version":
    "die Wissensdatenbank `{path}` ist von einer neueren Version",
  "update this program, or delete knowledge.db and sync again":
    "aktualisieren Sie die App, oder löschen Sie knowledge.db, und gleichen Sie neu ab",
  "no space is left for the knowledge base": "für die Wissensdatenbank ist kein Platz mehr",
  "free some disk space, then try again": "schaffen Sie Platz auf der Platte, und versuchen Sie es noch einmal",
  "the knowledge base's database failed": "die Wissensdatenbank hat versagt",
  "try again; if it stays, restart the program":
    "versuchen Sie es noch einmal; hilft das nicht, starten Sie die App neu",
  "cannot use `{path}`": "`{path}` lässt sich nicht benutzen",
  "check that the folder exists and may be written": "prüfen Sie, ob es den Ordner gibt und er beschrieben werden darf",
  "the keyword index failed": "der Wortindex hat versagt",
  "delete the folder keyword-index: it is rebuilt at the next start":
    "löschen Sie den Ordner keyword-index: beim nächsten Start entsteht er neu",
  "the text could not be embedded": "der Text ließ sich nicht nach Bedeutung aufnehmen",
  "check the embedding model; search by keyword works without it":
    "prüfen Sie das Suchmodell; die Suche nach Wörtern geht auch ohne",
  "no embedding model is loaded": "kein Suchmodell ist geladen",
  "set up the embedding model; search by keyword works without it":
    "richten Sie das Suchmodell ein; die Suche nach Wörtern geht auch ohne",
  "the knowledge base now belongs to the embedding model `{now}`, not `{ours}`":
    "die Wissensdatenbank gehört jetzt zum Suchmodell `{now}`, nicht zu `{ours}`",
  "restart the program that runs with the older model":
    "starten Sie das Programm neu, das mit dem älteren Modell läuft",
  "there is no collection `{key}`": "es gibt keine Sammlung `{key}`",
  "put the collection before its documents": "legen Sie die Sammlung vor ihren Dokumenten an",
  "the stored {what} cannot be read": "Gespeichertes lässt sich nicht lesen: {what}",
  "a task of the knowledge base was cut off": "eine Aufgabe der Wissensdatenbank wurde abgebrochen",
  "cannot read the evaluation set at `{path}`, line {line}":
    "die Fragensammlung `{path}` lässt sich nicht lesen, Zeile {line}",
  "the folder needs corpus.jsonl, queries.jsonl and qrels.tsv in BEIR layout":
    "der Ordner braucht corpus.jsonl, queries.jsonl und qrels.tsv, wie BEIR sie hat",

  // Suchmodell
  "the embedding model is missing: no `{}`": "das Suchmodell fehlt: `{}` ist nicht da",
  "the embedding runtime is missing: no `{}`": "die Laufzeit des Suchmodells fehlt: `{}` ist nicht da",
  "`{}` is damaged: {what}": "`{}` ist beschädigt: {what}",
  "could not read `{}`": "`{}` ließ sich nicht lesen",
  "`{}` is not a model manifest": "`{}` beschreibt kein Modell",
  "the embedding runtime `{}` does not load": "die Laufzeit `{}` des Suchmodells lädt nicht",
  "the embedding runtime does not start": "die Laufzeit des Suchmodells startet nicht",
  "`{}` is not a tokenizer": "`{}` zerlegt keinen Text",
  "the embedding model does not load": "das Suchmodell lädt nicht",
  "a text could not be embedded": "ein Text ließ sich nicht nach Bedeutung aufnehmen",
  "the embedding model returned {actual} numbers, expected {expected}":
    "das Suchmodell lieferte {actual} Zahlen, erwartet waren {expected}",
  "could not start an embedding thread": "die Arbeit des Suchmodells ließ sich nicht beginnen",
  "embedding has stopped": "die Arbeit des Suchmodells ist beendet",

  // Was ein Abgleich von sich sagt
  "one page changed while it was being synced; the next sync fetches it":
    "eine Seite änderte sich während des Abgleichs; der nächste holt sie",
  "{many} pages changed while they were being synced; the next sync fetches them":
    "{many} Seiten änderten sich während des Abgleichs; der nächste holt sie",
  "one page or space could not be synced": "eine Seite oder ein Bereich ließ sich nicht abgleichen",
  "{many} pages or spaces could not be synced": "{many} Seiten oder Bereiche ließen sich nicht abgleichen",
  "Atlassian's limit of requests is reached; the sync goes on after {:02}:{:02} UTC":
    "Atlassian nimmt vorerst keine Anfragen mehr an; der Abgleich geht nach {:02}:{:02} UTC weiter",
  "the space could not be listed: {error}": "der Bereich ließ sich nicht lesen: {error}",
  "Confluence does not find the space; if the next sync does not either, its pages are asked for one by one":
    "Confluence findet den Bereich nicht; findet ihn auch der nächste Abgleich nicht, wird nach seinen Seiten einzeln gefragt",
  "Confluence does not find the space; pages of it that are gone too are kept and not searched":
    "Confluence findet den Bereich nicht; seine Seiten, die auch weg sind, bleiben und werden nicht durchsucht",
  "in another process": "in einem anderen Programm",
  "{name}, process {}": "{name}, Prozess {}",

  // Warum eine Datei fehlt
  "the file is gone": "die Datei ist weg",
  "it cannot be read: {error}": "sie lässt sich nicht lesen: {error}",
  "a part of it could not be understood": "ein Teil von ihr ist unverständlich",
  "its main part is missing": "ihr Hauptteil fehlt",
  "it is no Word document": "sie ist kein Word-Dokument",
  "its elements are nested too deeply": "ihre Elemente sind zu tief verschachtelt",
  "it has too many parts": "sie hat zu viele Teile",
  "it is too large when unpacked": "sie ist entpackt zu groß",
  "it has no main part": "sie hat keinen Hauptteil",
  "it is a file of an older Office under a new name": "sie ist eine Datei eines älteren Office unter neuem Namen",
  "it is no PDF": "sie ist kein PDF",
  "it has no pages": "sie hat keine Seiten",
  "its fonts do not say which letters they show": "ihre Schriften sagen nicht, welche Buchstaben sie zeigen",
  "none of its pages could be read": "keine ihrer Seiten ließ sich lesen",
  "its elements are nested too deeply or too many": "ihre Elemente sind zu viele oder zu tief verschachtelt",
  "its markup breaks off": "ihr Inhalt bricht ab",
  "it has no markup": "sie hat keinen Inhalt",

  // Ablage der Anmeldung
  "{STORE_VARIABLE} says where secrets are kept": "{STORE_VARIABLE} legt fest, wo die Anmeldung liegt",
  "it is shorter than {SHORTEST} characters": "kürzer als {SHORTEST} Zeichen",
  "it can't be written": "die Datei lässt sich nicht schreiben",
  "its file is of a kind that this version can't read": "diese Version kann die Datei nicht lesen",
  "this account has no home folder to keep data in": "dieses Konto hat keinen Ordner für Daten",

  // Kontexte, Agenten, Besprechungen
  "the name `{name}` is taken": "den Namen `{name}` gibt es schon",
  "choose another name": "wählen Sie einen anderen Namen",
  "there is no context `{name}`": "es gibt keinen Kontext `{name}`",
  "make one with `coagentor contexts create NAME`, or under Contexts": "legen Sie unter „Kontexte“ einen an",
  "there is no agent `{name}`": "es gibt keinen Agenten `{name}`",
  "make one with `coagentor agents create NAME`, or under Agents": "legen Sie unter „Agenten“ einen an",
  "`{source_name}` is no source that is there": "`{source_name}` ist keine Quelle, die es gibt",
  "only synced pages and spaces, and added folders and files can be taken":
    "nehmen lassen sich nur abgeglichene Seiten und Bereiche sowie hinzugefügte Ordner und Dateien",
  "the agent `{name}` has no context": "der Agent `{name}` hat keinen Kontext",
  "assign one: `coagentor agents assign NAME CONTEXT`, or Assign under Agents":
    "weisen Sie ihm unter „Agenten“ einen zu",
  "`{name}` has no pages or files that can be found": "`{name}` hat keine Seiten oder Dateien, die sich finden lassen",
  "add sources to the context, and sync them": "geben Sie dem Kontext Quellen, und gleichen Sie sie ab",
  "there is no meeting {id}": "es gibt keine Besprechung {id}",
  "this meeting has ended": "diese Besprechung ist beendet",
  "start another one": "beginnen Sie eine neue",
  "a meeting is running already": "eine Besprechung läuft schon",
  "end it before another one is started": "beenden Sie sie, bevor Sie eine andere beginnen",
  "captions of another program can't be taken: {reason}":
    "Untertitel eines anderen Programms lassen sich nicht aufnehmen: {reason}",
  "the token must be of visible ASCII characters and not be empty":
    "das Token muss aus sichtbaren ASCII-Zeichen bestehen und darf nicht leer sein",
  "can't listen on port {port}: {source}": "der Port {port} lässt sich nicht öffnen: {source}",

  // Antworten eines Modells
  "the model can't be asked: {reason}": "das Modell lässt sich nicht fragen: {reason}",
  "`{origin}` would be asked in the clear": "`{origin}` würde unverschlüsselt gefragt",
  "use an address that begins with https://, or http:// with the number of a machine in your own network, like http://192.168.1.20:11434/v1":
    "nehmen Sie eine Adresse mit https://, oder http:// mit der Nummer eines Rechners im eigenen Netz, wie http://192.168.1.20:11434/v1",
  "the address can't be used: {reason}": "die Adresse lässt sich nicht benutzen: {reason}",
  "give the endpoint's base address, like https://api.openai.com/v1":
    "geben Sie die Grundadresse an, wie https://api.openai.com/v1",
  "the key can't be used: it has letters that no key has":
    "der Schlüssel lässt sich nicht benutzen: er enthält Zeichen, die kein Schlüssel hat",
  "copy the key again, without line breaks": "kopieren Sie den Schlüssel noch einmal, ohne Zeilenumbrüche",
  "check the system's certificates, then start the app again":
    "prüfen Sie die Zertifikate des Systems, und starten Sie die App neu",
  "check that the endpoint runs, and the connection, VPN and proxy":
    "prüfen Sie, ob das Modell läuft, sowie Verbindung, VPN und Proxy",
  "try again; a local model may be loading, or be too large for its machine":
    "versuchen Sie es noch einmal; vielleicht lädt das Modell noch, oder es ist zu groß für seinen Rechner",
  "the key was refused: `{message}`": "der Schlüssel wurde abgelehnt: `{message}`",
  "check the key of this endpoint": "prüfen Sie den Schlüssel für diese Adresse",
  "check what the key's account may use, and whether it is paid for":
    "prüfen Sie, was das Konto des Schlüssels benutzen darf und ob es bezahlt ist",
  "not found: `{message}`": "nicht gefunden: `{message}`",
  "check the model's name, and that the address ends like /v1":
    "prüfen Sie den Namen des Modells, und ob die Adresse wie /v1 endet",
  "the endpoint asks to wait: `{message}`": "das Modell bittet zu warten: `{message}`",
  "wait a little, and check the quota of the key's account":
    "warten Sie ein wenig, und prüfen Sie das Kontingent des Kontos",
  "the endpoint refused the request: `{message}`": "das Modell hat die Anfrage abgelehnt: `{message}`",
  "choose another model: this one does not take such a question":
    "wählen Sie ein anderes Modell: dieses nimmt solche Fragen nicht",
  "the endpoint failed with status {status}: `{message}`": "das Modell hat mit Status {status} versagt: `{message}`",
  "the endpoint broke off: `{message}`": "das Modell hat abgebrochen: `{message}`",
  "unexpected reply: {reason}": "unerwartete Antwort: {reason}",
  "check the address: what answers there is no OpenAI-compatible endpoint":
    "prüfen Sie die Adresse: was dort antwortet, spricht nicht wie OpenAI",
  "the reply was cut short": "die Antwort endete zu früh",
  "the reply is larger than {limit} bytes": "die Antwort ist größer als {limit} Bytes",
  "choose another model: this one does not come to an end":
    "wählen Sie ein anderes Modell: dieses kommt zu keinem Ende",

  // Prüfungen
  "not loaded": "nicht geladen",
  "keeps what it is given": "behält, was er bekommt",
  "the last sync lies in the future": "der letzte Abgleich liegt in der Zukunft",
  "set the system's clock; a sync by hand works meanwhile":
    "stellen Sie die Uhr des Systems; von Hand abgleichen geht inzwischen",
  "the sample workspace": "der Beispielbereich",
  "{}, {} spaces": "{}, {} Bereiche",

  // Was das Fenster vom System will
  "the system does not take it: {error}": "das System nimmt es nicht an: {error}",
  "add CoAgentor in the system's own settings for start-up programs":
    "fügen Sie CoAgentor in den Einstellungen des Systems zu den Startprogrammen hinzu",
  "the browser did not open: {error}": "der Browser ging nicht auf: {error}",
  "copy the link instead": "kopieren Sie stattdessen den Link",
  "the folder did not open: {error}": "der Ordner ging nicht auf: {error}",
  "it is {}": "er ist hier: {}",

  // Angaben
  "`{hours}` is not between 1 and {MOST_HOURS} hours": "`{hours}` liegt nicht zwischen 1 und {MOST_HOURS} Stunden",
  "`{site_url}` is not a URL such as https://acme.atlassian.net":
    "`{site_url}` ist keine Adresse wie https://acme.atlassian.net",
  "`{value}` is not a URL": "`{value}` ist keine Adresse",
  "it is empty": "leer",
  "it is too long": "zu lang",
  "it has white space or letters that Atlassian does not use in it":
    "enthält Leerzeichen oder Buchstaben, die Atlassian nicht benutzt",
  "client id": "Client-ID",
  "client secret": "Client-Secret",
  "sync interval": "Abstand der Abgleiche",
  passphrase: "Passphrase",
  "there is none": "fehlt",
  "`{path}`: {source}": "`{path}`: {source}",
  "{name}: {reason}": "{name}: {reason}",
};

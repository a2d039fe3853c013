using Microsoft.AspNetCore.Http;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard;

/// <summary>Pages that hold no more than a few words: the way in, and what went wrong.</summary>
internal static class MessagePages
{
    public static DashboardPage SignedIn(Reader reader) =>
        Of(
            reader.Say("You are signed in", "Vous êtes connecté"),
            Link(reader.Say("Go on to the dashboard", "Continuer vers le tableau de bord"))
        ) with
        {
            GoesTo = "/",
        };

    /// <param name="reader">Who came.</param>
    /// <param name="address">The page that was asked for, to be opened again by a reader who is signed in.</param>
    /// <param name="again">True when the browser may have held the cookie back because another site led here.</param>
    /// <param name="links">True where this process prints sign-in links; elsewhere only the API token opens the dashboard.</param>
    public static DashboardPage SignIn(Reader reader, string address, bool again, bool links) =>
        Of(
            reader.Say("Sign in first", "Connectez-vous d’abord"),
            $"""
            {(links ? ByLink(reader) : ByToken(reader))}
            <form method="post" action="/signin" class="signin">
            <label class="field"><span>{reader.Say("API token", "Jeton d’API")}</span>
            <input type="password" name="{SignInHandler.TokenField}" autocomplete="current-password" required></label>
            {Form.Button(reader.Say("Sign in", "Se connecter"))}
            </form>
            <p class="quiet">{reader.Say(
                "Signed in already and came from another site?",
                "Déjà connecté, et venu d’un autre site ?")} <a href="{address}">{reader.Say(
                    "Open this page again", "Rouvrir cette page")}</a></p>
            """
        ) with
        {
            GoesTo = again ? address : null,
        };

    private static Html ByLink(Reader reader) =>
        $"""
        <p>{reader.Say("Open the sign-in link that", "Ouvrez le lien de connexion que")} <code>signals serve</code> {reader.Say(
            "printed when it started. It works once, and signs this browser in for 30 days.",
            "a affiché au démarrage. Il sert une fois et connecte ce navigateur pour 30 jours.")}</p>
        <p>{reader.Say("No link left? Restart", "Plus de lien ? Redémarrez")} <code>signals serve</code>{reader.Say(
            ": it prints a new one each time. Or give the API token:",
            " : il en affiche un nouveau à chaque fois. Ou donnez le jeton d’API :")}</p>
        """;

    private static Html ByToken(Reader reader) =>
        $"""
        <p>{reader.Say(
            "Give the API token, the app’s setting",
            "Donnez le jeton d’API, le paramètre de l’application")} <code>Signals__ApiToken</code>. {reader.Say(
                "It signs this browser in for 30 days.", "Il connecte ce navigateur pour 30 jours.")}</p>
        """;

    public static DashboardPage NobodyIsLetIn(Reader reader) =>
        Of(
            reader.Say("Please try again in a moment", "Veuillez réessayer dans un instant"),
            Text(
                reader.Say(
                    "Nobody can be signed in just now: who comes in is written down, and the store cannot be reached.",
                    "Personne ne peut être connecté pour le moment : chaque entrée est consignée, et les données sont injoignables."
                ),
                Text(reader.Say("A link that you opened still works.", "Le lien que vous avez ouvert reste valable."))
            )
        );

    public static DashboardPage TooManyAttempts(Reader reader) =>
        Of(
            reader.Say("Too many attempts", "Trop de tentatives"),
            Text(
                reader.Say(
                    "Sign-in is closed for a minute. Then try again.",
                    "La connexion est fermée pendant une minute. Réessayez ensuite."
                )
            )
        );

    public static DashboardPage NoRole(Reader reader) =>
        Of(
            reader.Say("You have no role here yet", "Vous n’avez pas encore de rôle ici"),
            Text(
                reader.Say(
                    "You are signed in, but this app gave you none of its roles. Ask who runs it for Reader, Manager or Admin.",
                    "Vous êtes connecté, mais cette application ne vous a donné aucun de ses rôles. "
                        + "Demandez Reader, Manager ou Admin à qui l’administre."
                )
            )
        );

    public static DashboardPage NotAllowed(Reader reader, DashboardRole role) =>
        Of(
            reader.Say("Your role does not reach this far", "Votre rôle ne va pas jusque-là"),
            Text(
                reader.Say(
                    $"This takes the role {role}. Ask who runs the app for it.",
                    $"Il y faut le rôle {role}. Demandez-le à qui administre l’application."
                ),
                Back(reader)
            )
        );

    public static DashboardPage NotOurForm(Reader reader) =>
        Of(
            reader.Say("That form was not sent from here", "Ce formulaire n’a pas été envoyé d’ici"),
            Text(
                reader.Say(
                    "Nothing was changed. The page may have been open for days, or you signed in anew since. "
                        + "Open it again, then send the form.",
                    "Rien n’a été modifié. La page était peut-être ouverte depuis des jours, ou vous vous êtes reconnecté entre-temps. "
                        + "Rouvrez-la, puis renvoyez le formulaire."
                ),
                Back(reader)
            )
        );

    public static DashboardPage Wrong(Reader reader, int status, string? detail = null) =>
        status switch
        {
            StatusCodes.Status404NotFound => Of(
                reader.Say("There is no such page", "Cette page n’existe pas"),
                Text(reader.Say("An account may have another id now.", "Un compte a peut-être changé d’identifiant."), Back(reader))
            ),
            StatusCodes.Status405MethodNotAllowed => Of(
                reader.Say("That can’t be done here", "Cela ne se fait pas ici"),
                Text(reader.Say("Nothing was changed.", "Rien n’a été modifié."), Back(reader))
            ),
            StatusCodes.Status409Conflict => Of(
                reader.Say("Somebody was faster", "Quelqu’un a été plus rapide"),
                Text(
                    reader.Say(
                        "It changed meanwhile, and your change was not made.",
                        "L’état a changé entre-temps, et votre modification n’a pas été faite."
                    ),
                    Back(reader)
                )
            ),
            StatusCodes.Status503ServiceUnavailable => Of(
                reader.Say("Please try again in a moment", "Veuillez réessayer dans un instant"),
                Text(reader.Say("The data can’t be read just now.", "Les données ne peuvent être lues pour le moment."), Back(reader))
            ),
            >= StatusCodes.Status500InternalServerError => Of(
                reader.Say("Something failed here", "Une erreur s’est produite ici"),
                Text(
                    reader.Say(
                        "The app’s log says what. It is not your doing.",
                        "Le journal de l’application dit quoi. Vous n’y êtes pour rien."
                    ),
                    Back(reader)
                )
            ),
            _ => Of(
                reader.Say("That can’t be understood", "Cela n’a pas été compris"),
                Text(
                    reader.Say(
                        "A part of the address or form is not what this page expects.",
                        "Une partie de l’adresse ou du formulaire n’est pas ce que cette page attend."
                    ),
                    detail is null ? Html.Empty : $"""<p class="quiet" lang="en">{Html.Isolated(detail)}</p>""",
                    Back(reader)
                )
            ),
        };

    private static DashboardPage Of(string title, Html text) => new(title, $"""<div class="message"><h1>{title}</h1>{text}</div>""");

    private static Html Text(string sentence, params IEnumerable<Html> more) => $"<p>{sentence}</p>{more}";

    private static Html Back(Reader reader) => Link(reader.Say("To the start page", "Vers la page d’accueil"));

    private static Html Link(string text) => $"""<p><a href="/">{text}</a></p>""";
}

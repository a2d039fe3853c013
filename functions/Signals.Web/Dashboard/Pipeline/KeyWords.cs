using Signals.Core.Intake.WriteAccess;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about write keys answer.</summary>
internal static class KeyWords
{
    private const int MaxFieldChars = 100;

    public static string ToldOnce(Reader reader, NewWriteKey made) =>
        reader.Say(
            $"The key of “{made.Key.Name}”, shown this once; copy it now: {made.Secret}",
            $"La clé de « {made.Key.Name} », montrée cette seule fois ; copiez-la maintenant : {made.Secret}"
        );

    /// <summary>The kind that a form names. Throws <see cref="ApiRefusal"/> for none of them: no kind is guessed.</summary>
    public static WriteKeyKind KindOf(FormRequest request)
    {
        string found = request.Text("kind", MaxFieldChars);
        return WriteKeyKinds.Of(found) ?? throw ApiRefusal.BadParameter("kind", found, "browser or server");
    }

    /// <summary>What a key's kind is called.</summary>
    public static string Kind(Reader reader, WriteKeyKind? kind) =>
        kind switch
        {
            WriteKeyKind.Browser => reader.Say("browser", "navigateur"),
            WriteKeyKind.Server => reader.Say("server", "serveur"),
            _ => reader.Say("not said, believed like a server’s", "non indiqué, crue comme celle d’un serveur"),
        };

    /// <summary>The choice of a kind, each with what it means.</summary>
    public static IEnumerable<(string Value, string Text)> Kinds(Reader reader) =>
        [
            (
                "browser",
                reader.Say("in pages and apps, where anybody can read it", "dans des pages et applications, où tous peuvent la lire")
            ),
            ("server", reader.Say("on our servers only", "sur nos serveurs seulement")),
        ];

    public static string Gone(Reader reader) => reader.Say("There is no such valid key any more.", "Il n’y a plus de telle clé valable.");

    public static string Refused(Reader reader, WriteKeyException refusal) =>
        reader.Say(
            $"No key was made. {refusal.Message}",
            $"Aucune clé n’a été créée : un nom a 1 à {WriteKeyRows.MaxNameChars} caractères sur une ligne, "
                + "et aucune autre clé valable ne le porte. "
                + $"Il y a au plus {WriteKeyRows.MaxKeys} clés valables."
        );
}

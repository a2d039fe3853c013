using Signals.Core.Intake.WriteAccess;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about write keys answer.</summary>
internal static class KeyWords
{
    public static string ToldOnce(Reader reader, NewWriteKey made) =>
        reader.Say(
            $"The key of “{made.Key.Name}”, shown this once; copy it now: {made.Secret}",
            $"La clé de « {made.Key.Name} », montrée cette seule fois ; copiez-la maintenant : {made.Secret}"
        );

    public static string Gone(Reader reader) => reader.Say("There is no such valid key any more.", "Il n’y a plus de telle clé valable.");

    public static string Refused(Reader reader, WriteKeyException refusal) =>
        reader.Say(
            $"No key was made. {refusal.Message}",
            $"Aucune clé n’a été créée : un nom a 1 à {WriteKeyRows.MaxNameChars} caractères sur une ligne, "
                + "et aucune autre clé valable ne le porte. "
                + $"Il y a au plus {WriteKeyRows.MaxKeys} clés valables."
        );
}

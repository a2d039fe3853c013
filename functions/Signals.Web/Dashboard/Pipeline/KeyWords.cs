using Signals.Core.Intake.WriteAccess;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about write keys answer.</summary>
internal static class KeyWords
{
    public static string ToldOnce(Reader reader, NewWriteKey made) =>
        reader.Say($"The key of “{made.Key.Name}”, shown this once; copy it now: {made.Secret}");

    public static string Gone(Reader reader) => reader.Say("There is no such valid key any more.");

    public static string Refused(Reader reader, WriteKeyException refusal) => reader.Say($"No key was made. {refusal.Reason}");
}

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Where the pipeline's pages and forms are.</summary>
internal static class PipelineAddresses
{
    public const string Overview = "/pipeline";
    public const string Names = "/pipeline/names";
    public const string Quarantine = "/pipeline/quarantine";
    public const string DeadLetters = "/pipeline/dead-letters";
    public const string Keys = "/pipeline/keys";
    public const string Tokens = "/pipeline/tokens";
    public const string Webhooks = "/pipeline/webhooks";
    public const string Audit = "/pipeline/audit";
    public const string Doctor = "/pipeline/doctor";
    public const string Kept = "/pipeline/kept";
    public const string Erasures = "/pipeline/erasures";

    public const string Replay = "/pipeline/dead-letters/replay";
    public const string ReplayAll = "/pipeline/dead-letters/replay-all";
    public const string Discard = "/pipeline/dead-letters/discard";
    public const string CreateKey = "/pipeline/keys/create";
    public const string RotateKey = "/pipeline/keys/rotate";
    public const string KeyKind = "/pipeline/keys/kind";
    public const string RevokeKey = "/pipeline/keys/revoke";

    public const string TestMail = "/pipeline/doctor/mail";
    public const string TestChat = "/pipeline/doctor/chat";

    public const string CreateToken = "/pipeline/tokens/create";
    public const string RotateToken = "/pipeline/tokens/rotate";
    public const string EndToken = "/pipeline/tokens/end";

    public const string TestWebhook = "/pipeline/webhooks/test";
    public const string TellAgain = "/pipeline/webhooks/again";

    /// <summary>The dead letters of a queue.</summary>
    public static string DeadLettersOf(string queue) => Links.With(DeadLetters, ("queue", queue));
}

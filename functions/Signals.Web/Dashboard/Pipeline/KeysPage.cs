using Signals.Core.Intake.WriteAccess;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Who may send events: the write keys that people made. An admin makes, rotates and revokes them.</summary>
internal sealed class KeysPage(WriteKeyRows keys) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var known = await keys.ListAsync(request.Cancellation);
        string title = reader.Say("Write keys");
        string lead = reader.Say(
            "Each SDK sends with a key. A browser key can be read by anybody: it may say what was done, "
                + "and not who looks after an account, what is paid or who is who. "
                + "Keys from the settings are valid too and are changed there. "
                + "Workers see a change within a minute."
        );
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.Keys, title, lead)}
            {Create(reader)}
            {List(reader, title, known)}
            """
        );
    }

    private static Html Create(Reader reader) =>
        SecretParts.Create(
            reader,
            PipelineAddresses.CreateKey,
            reader.Say("Name of a new key: the app or site that sends with it"),
            WriteKeyRows.MaxNameChars,
            Form.Select("kind", reader.Say("Where it lives"), "browser", KeyWords.Kinds(reader)),
            reader.Say("Make a key"),
            reader.Say("An admin can make, rotate and revoke keys.")
        );

    private static Html List(Reader reader, string title, IReadOnlyList<WriteKey> known) =>
        known.Count == 0
            ? $"""
                <p class="empty">{reader.Say(
                    "No key was made here yet: SDKs send with a key from the settings.")}</p>
                """
            : SecretParts.Table(
                reader,
                title,
                [reader.Say("Name"), reader.Say("Kind"), reader.Say("Ends in"), reader.Say("Made"), reader.Say("State")],
                known.Select(key => Row(reader, key))
            );

    private static Html Row(Reader reader, WriteKey key) =>
        $"""
            <tr><th scope="row">{Html.Isolated(key.Name)}</th><td>{Kind(reader, key)}</td>
            <td><code>…{key.End}</code></td><td>{reader.TimeDay(key.CreatedAt)}</td>
            <td>{State(reader, key)}</td>{SecretParts.Actions(
                reader, key.IsValid(reader.Now), Rotate(reader, key), ChangeKind(reader, key), Revoke(reader, key))}</tr>
            """;

    private static Html State(Reader reader, WriteKey key) =>
        key.EndsAt switch
        {
            null => $"""<span class="tag good">{reader.Say("valid")}</span>""",
            { } end when end > reader.Now => $"""
                <span class="tag warn">{reader.Say("rotated")}</span> {reader.SayHtml($"ends {reader.TimeAgo(end)}")}
                """,
            { } end => $"""<span class="tag bad">{reader.Say("ended")}</span> {reader.TimeAgo(end)}""",
        };

    private static Html Rotate(Reader reader, WriteKey key) =>
        SecretParts.Rotate(
            reader,
            PipelineAddresses.RotateKey,
            key.Id,
            key.Name,
            reader.Say("The old key stays valid for"),
            reader.Say("Make a new key")
        );

    private static Html Kind(Reader reader, WriteKey key) =>
        key.Kind is null && key.IsValid(reader.Now)
            ? Html.Of($"""<span class="tag warn">{KeyWords.Kind(reader, key.Kind)}</span>""")
            : Html.Of($"{KeyWords.Kind(reader, key.Kind)}");

    private static Html ChangeKind(Reader reader, WriteKey key) =>
        SecretParts.Act(
            reader,
            PipelineAddresses.KeyKind,
            key.Id,
            key.Name,
            reader.Say("Kind"),
            Form.Select("kind", reader.Say("Where it lives"), (key.Kind ?? WriteKeyKind.Browser).Name(), KeyWords.Kinds(reader)),
            reader.Say("Say so")
        );

    private static Html Revoke(Reader reader, WriteKey key) =>
        SecretParts.Act(
            reader,
            PipelineAddresses.RevokeKey,
            key.Id,
            key.Name,
            reader.Say("Revoke"),
            $"<p>{reader.Say("SDKs that still send with it lose their events.")}</p>",
            reader.Say("Revoke it now")
        );
}

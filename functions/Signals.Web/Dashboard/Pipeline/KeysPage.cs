using Signals.Core.Intake.WriteAccess;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Who may send events: the write keys that people made. An admin makes, rotates and revokes them.</summary>
internal sealed class KeysPage(WriteKeyRows keys) : IDashboardPage
{
    private static readonly int[] Hours = [1, 24, 72, 168];

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
        reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                PipelineAddresses.CreateKey,
                $"""
            <div class="filters">
            <label class="field wide"><span>{reader.Say(
                "Name of a new key: the app or site that sends with it")}</span>
            <input name="name" required maxlength="{WriteKeyRows.MaxNameChars}" autocomplete="off"></label>
            {Form.Select("kind", reader.Say("Where it lives"), "browser", KeyWords.Kinds(reader))}
            {Form.Button(reader.Say("Make a key"))}</div>
            """
            )
            : $"""
          <p class="quiet">{reader.Say(
              "An admin can make, rotate and revoke keys.")}</p>
          """;

    private static Html List(Reader reader, string title, IReadOnlyList<WriteKey> known)
    {
        if (known.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "No key was made here yet: SDKs send with a key from the settings.")}</p>
                """;
        Html acting = reader.May(DashboardRole.Admin) ? $"""<th scope="col">{reader.Say("Do")}</th>""" : Html.Empty;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="keys">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Name")}</th><th scope="col">{reader.Say(
                "Kind")}</th><th scope="col">{reader.Say("Ends in")}</th>
            <th scope="col">{reader.Say("Made")}</th><th scope="col">{reader.Say("State")}</th>{acting}</tr></thead>
            <tbody>{known.Select(key => Row(reader, key))}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, WriteKey key)
    {
        Html acting =
            !reader.May(DashboardRole.Admin) ? Html.Empty
            : !key.IsValid(reader.Now) ? Html.Of($"<td></td>")
            : Html.Of($"""<td><div class="actions">{Rotate(reader, key)}{ChangeKind(reader, key)}{Revoke(reader, key)}</div></td>""");
        return $"""
            <tr><th scope="row">{Html.Isolated(key.Name)}</th><td>{Kind(
                reader,
                key
            )}</td><td><code>…{key.End}</code></td><td>{reader.TimeDay(key.CreatedAt)}</td>
            <td>{State(reader, key)}</td>{acting}</tr>
            """;
    }

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
        $"""
        <details class="act"><summary>{reader.Say("Rotate")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.RotateKey, $"""
            {Form.Hidden("id", key.Id)}
            {Form.Select(
                "hours", reader.Say("The old key stays valid for"), "24",
                Hours.Select(hours => ($"{hours}", Length(reader, hours))))}
            {Form.Button(reader.Say("Make a new key"))}
            """)}</details>
        """;

    private static Html Kind(Reader reader, WriteKey key) =>
        key.Kind is null && key.IsValid(reader.Now)
            ? Html.Of($"""<span class="tag warn">{KeyWords.Kind(reader, key.Kind)}</span>""")
            : Html.Of($"{KeyWords.Kind(reader, key.Kind)}");

    private static Html ChangeKind(Reader reader, WriteKey key) =>
        $"""
        <details class="act"><summary>{reader.Say("Kind")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.KeyKind, $"""
            {Form.Hidden("id", key.Id)}
            {Form.Select(
                "kind", reader.Say("Where it lives"), (key.Kind ?? WriteKeyKind.Browser).Name(),
                KeyWords.Kinds(reader))}
            {Form.Button(reader.Say("Say so"))}
            """)}</details>
        """;

    private static Html Revoke(Reader reader, WriteKey key) =>
        $"""
        <details class="act"><summary>{reader.Say("Revoke")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.RevokeKey, $"""
            {Form.Hidden("id", key.Id)}
            <p>{reader.Say(
                "SDKs that still send with it lose their events.")}</p>
            {Form.Button(reader.Say("Revoke it now"))}
            """)}</details>
        """;

    private static string Length(Reader reader, int hours) =>
        hours < 48 ? reader.Count(hours, "{0} hour", "{0} hours") : reader.Count(hours / 24, "{0} day", "{0} days");
}

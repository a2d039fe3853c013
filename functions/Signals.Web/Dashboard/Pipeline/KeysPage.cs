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
        string title = reader.Say("Write keys", "Clés d’écriture");
        string lead = reader.Say(
            "Each SDK sends with a key. A browser key can be read by anybody: it may say what was done, "
                + "and not who looks after an account, what is paid or who is who. "
                + "Keys from the settings are valid too and are changed there. "
                + "Workers see a change within a minute.",
            "Chaque SDK envoie avec une clé. Tout le monde peut lire une clé de navigateur : elle peut dire ce qui a été fait, "
                + "mais non qui suit un compte, ce qui est payé ou qui est qui. "
                + "Les clés des réglages sont valables aussi et se changent là. "
                + "Une modification atteint tous les processus en une minute."
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
                "Name of a new key: the app or site that sends with it",
                "Nom d’une nouvelle clé : l’application ou le site qui envoie avec")}</span>
            <input name="name" required maxlength="{WriteKeyRows.MaxNameChars}" autocomplete="off"></label>
            {Form.Select("kind", reader.Say("Where it lives", "Où elle se trouve"), "browser", KeyWords.Kinds(reader))}
            {Form.Button(reader.Say("Make a key", "Créer une clé"))}</div>
            """
            )
            : $"""
          <p class="quiet">{reader.Say(
              "An admin can make, rotate and revoke keys.", "Un administrateur peut créer, renouveler et révoquer des clés.")}</p>
          """;

    private static Html List(Reader reader, string title, IReadOnlyList<WriteKey> known)
    {
        if (known.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "No key was made here yet: SDKs send with a key from the settings.",
                    "Aucune clé n’a encore été créée ici : les SDK envoient avec une clé des réglages.")}</p>
                """;
        Html acting = reader.May(DashboardRole.Admin) ? $"""<th scope="col">{reader.Say("Do", "Agir")}</th>""" : Html.Empty;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="keys">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Name", "Nom")}</th><th scope="col">{reader.Say(
                "Kind",
                "Type"
            )}</th><th scope="col">{reader.Say("Ends in", "Se termine par")}</th>
            <th scope="col">{reader.Say("Made", "Créée")}</th><th scope="col">{reader.Say("State", "État")}</th>{acting}</tr></thead>
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
            null => $"""<span class="tag good">{reader.Say("valid", "valable")}</span>""",
            { } end when end > reader.Now => $"""
                <span class="tag warn">{reader.Say("rotated", "renouvelée")}</span> {reader.Say("ends", "se termine")} {reader.TimeAgo(end)}
                """,
            { } end => $"""<span class="tag bad">{reader.Say("ended", "terminée")}</span> {reader.TimeAgo(end)}""",
        };

    private static Html Rotate(Reader reader, WriteKey key) =>
        $"""
        <details class="act"><summary>{reader.Say("Rotate", "Renouveler")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.RotateKey, $"""
            {Form.Hidden("id", key.Id)}
            {Form.Select(
                "hours", reader.Say("The old key stays valid for", "L’ancienne clé reste valable"), "24",
                Hours.Select(hours => ($"{hours}", Length(reader, hours))))}
            {Form.Button(reader.Say("Make a new key", "Créer une nouvelle clé"))}
            """)}</details>
        """;

    private static Html Kind(Reader reader, WriteKey key) =>
        key.Kind is null && key.IsValid(reader.Now)
            ? Html.Of($"""<span class="tag warn">{KeyWords.Kind(reader, key.Kind)}</span>""")
            : Html.Of($"{KeyWords.Kind(reader, key.Kind)}");

    private static Html ChangeKind(Reader reader, WriteKey key) =>
        $"""
        <details class="act"><summary>{reader.Say("Kind", "Type")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.KeyKind, $"""
            {Form.Hidden("id", key.Id)}
            {Form.Select(
                "kind", reader.Say("Where it lives", "Où elle se trouve"), (key.Kind ?? WriteKeyKind.Browser).Name(),
                KeyWords.Kinds(reader))}
            {Form.Button(reader.Say("Say so", "Le dire"))}
            """)}</details>
        """;

    private static Html Revoke(Reader reader, WriteKey key) =>
        $"""
        <details class="act"><summary>{reader.Say("Revoke", "Révoquer")}<span class="unseen"> {key.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.RevokeKey, $"""
            {Form.Hidden("id", key.Id)}
            <p>{reader.Say(
                "SDKs that still send with it lose their events.", "Les SDK qui envoient encore avec elle perdent leurs événements.")}</p>
            {Form.Button(reader.Say("Revoke it now", "La révoquer maintenant"))}
            """)}</details>
        """;

    private static string Length(Reader reader, int hours) =>
        hours < 48 ? reader.Count(hours, "hour", "hours", "heure", "heures") : reader.Count(hours / 24, "day", "days", "jour", "jours");
}

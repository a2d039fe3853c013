using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signals.Core.State.Identity;
using Signals.Local.Storage;
using Signals.Testing.World;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// The built app over data in which one account's row cannot be read: it starts, does everything else, and its dashboard names the row.
/// </summary>
public sealed class UnreadableRowTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] People = ["ann", "bob", "cid"];

    private readonly string _data = Directory.CreateTempSubdirectory("signals-unreadable-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_else_goes_on_and_the_dashboard_names_the_row()
    {
        string model = await ModelAsync(amount: 1);
        await using (var app = await SignalsProcess.ServeAsync(_data, model, Token))
        {
            foreach (string person in People)
                await TellAsync(app, person);
            await app.KillAsync();
        }
        using (var database = SqliteDatabase.Open(_data))
            await new SqliteEntityStore(database).BreakAsync(AccountKey.Own(PersonKey.User("bob")), Token);

        // Under another model all of the day's work is done anew.
        await ModelAsync(amount: 2);
        await using (var app = await SignalsProcess.ServeAsync(_data, model, Token))
        {
            await SignInAsync(app);
            string page = await PageThatNamesAsync(app, "u_bob", "Measures of all accounts");
            Assert.Contains("layout 99", page, StringComparison.Ordinal);

            // The sweep that met the row measured the others, and the host takes, folds and reviews as before.
            Assert.Contains("\"accounts\":2", await app.Client.GetStringAsync("/api/features", Token), StringComparison.Ordinal);
            await TellAsync(app, "dan");
            using var reviewed = await app.Client.GetAsync("/api/accounts/dan", Token);
            Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
            Assert.Equal(0, (await app.DrainedAsync(Token)).DeadLettered);
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task<string> ModelAsync(int amount)
    {
        string path = Path.Combine(_data, "model.json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            { "product": "Nimbus", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": {{amount}} }] } }
            """,
            Token
        );
        return path;
    }

    private static async Task TellAsync(SignalsProcess app, string person)
    {
        string batch = $$$"""{"batch":[{"messageId":"{{{Guid.NewGuid()}}}","type":"track","userId":"{{{person}}}","event":"Watched"}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent(batch, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsProcess.WriteKey);
        using var response = await app.Client.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
        await app.DrainedAsync(Token);
        using var reviewed = await app.Client.PostAsync($"/api/accounts/{person}/review", null, Token);
        reviewed.EnsureSuccessStatusCode();
    }

    private static async Task SignInAsync(SignalsProcess app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", SignalsProcess.ApiToken)]),
        };
        request.Headers.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        using var response = await app.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<string> PageThatNamesAsync(SignalsProcess app, string account, string work)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            string page = await app.Client.GetStringAsync("/pipeline", Token);
            if (page.Contains(account, StringComparison.Ordinal) && page.Contains(work, StringComparison.Ordinal))
                return page;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The pipeline's page does not name the row:\n" + page);
            await Task.Delay(100, Token);
        }
    }
}

using Signals.Azure.Settings;
using Signals.Core.Response.Suppressions;

namespace Signals.Functions.Tests.Hosting;

public sealed class AppSettingsTests
{
    private const string Secret = "short-secret";

    public static TheoryData<string, string, string> Faults =>
        new()
        {
            { "Tables", "", "Tables: found nothing" },
            { "Tables", Secret, "Tables: found 12 characters that are no connection string" },
            { "ServiceBus", "", "ServiceBus: found nothing" },
            { "ServiceBus", Secret, "ServiceBus: found 12 characters that are no connection string" },
            { "Signals__ModelFile", "elsewhere/model.json", "found no file, expected a value model file" },
            { "Signals__ModelFile", "host.json", "Signals__ModelFile, product (" },
            { "Signals__WriteKeys", "", "Signals__WriteKeys: found nothing" },
            { "Signals__WriteKeys", ",", "Signals__WriteKeys: found 0 of" },
            { "Signals__WriteKeys", "long-enough-write-key," + Secret, "Signals__WriteKeys: found 2 of 21, 12 characters" },
            {
                "Signals__WriteKeys",
                "@Microsoft.KeyVault(SecretUri=https://x)",
                "Signals__WriteKeys: found a Key Vault reference that was not resolved"
            },
            { "Signals__ApiToken", "", "Signals__ApiToken: found nothing" },
            { "Signals__ApiToken", Secret, "Signals__ApiToken: found 12 characters, expected at least 16" },
            { "Signals__RecipientKey", "", "Signals__RecipientKey: found nothing" },
            { "Signals__RecipientKey", Secret, "Signals__RecipientKey: found 12 characters that are not base64" },
            { "Signals__RecipientKey", "c2hvcnQ=", "Signals__RecipientKey: found 5 bytes" },
            { "Signals__RecipientKey", KeyOf(1) + "," + KeyOf(2), "Signals__RecipientKey: found 2 keys" },
            { "Signals__UnsubscribeKeys", "", "Signals__UnsubscribeKeys: found nothing" },
            { "Signals__UnsubscribeKeys", KeyOf(1) + "," + Secret, "Signals__UnsubscribeKeys: found 12 characters that are not base64" },
            { "Signals__PublicUrl", "http://signals.example", "Signals__PublicUrl: found \"http://signals.example\"" },
            { "Signals__AppServiceAuthentication", "yes", "Signals__AppServiceAuthentication: found \"yes\", expected true or false" },
            { "Signals__SendGridSandbox", "1", "Signals__SendGridSandbox: found \"1\", expected true or false" },
            { "Signals__SandboxRecipient", "me", "Signals__SandboxRecipient: found \"me\", expected one mail address" },
            { "Signals__SandboxRecipient", "a@b.example, c@d.example", "Signals__SandboxRecipient: found \"a@b.example, c@d.example\"" },
            { "Signals__SendGridWebhookKeys", "bm90IGEga2V5", "Signals__SendGridWebhookKeys: found " },
            { "Signals__SlackSigningSecret", Secret, "Signals__SlackSigningSecret: found 12 characters, expected at least 16" },
            {
                "Signals__SlackSigningSecret",
                "@Microsoft.KeyVault(SecretUri=https://x)",
                "Signals__SlackSigningSecret: found a Key Vault reference that was not resolved"
            },
            { "Signals__WebhookSecrets", "crm=" + Secret, "Signals__WebhookSecrets: found another text (not shown)" },
            { "Signals__DoorSecrets", "pay=" + Secret[..8], "Signals__DoorSecrets: found another text (not shown)" },
            { "Signals__LanguageEndpoint", "language", "Signals__LanguageEndpoint: found \"language\"" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_missing_or_faulty_setting_is_named_and_no_secret_told(string name, string value, string told)
    {
        var refused = Assert.Throws<InvalidSettingsException>(() => SampleSettings.Read((name, value)));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var refused = Assert.Throws<InvalidSettingsException>(() =>
            SampleSettings.Read(
                ("Tables", ""),
                ("Signals__ApiToken", Secret),
                ("Signals__RecipientKey", ""),
                ("Signals__ModelFile", "none.json")
            )
        );

        Assert.Equal(
            ["Tables", "Signals__ModelFile", "Signals__ApiToken", "Signals__RecipientKey"],
            refused.Faults.Select(fault => fault.Name.Split(',')[0])
        );
    }

    [Fact]
    public void Every_setting_of_the_sample_is_explained()
    {
        Assert.Equal(
            SampleSettings.Values.Keys.Order(StringComparer.Ordinal),
            SampleSettings.Explained.Keys.Where(name => name.Length > 0).Order(StringComparer.Ordinal)
        );
        Assert.All(SampleSettings.Explained, explained => Assert.True(explained.Value.Length > 20, explained.Key));
    }

    [Fact]
    public void Write_keys_are_several_and_known_by_each()
    {
        var settings = SampleSettings.Read(("Signals__WriteKeys", " first-key-of-a-product , second-key-of-a-product "));

        Assert.True(settings.WriteKeys.KindOf("first-key-of-a-product") is not null);
        Assert.True(settings.WriteKeys.KindOf("second-key-of-a-product") is not null);
        Assert.False(settings.WriteKeys.KindOf("first-key-of-a-product , second-key-of-a-product") is not null);
    }

    [Fact]
    public void A_new_unsubscribe_key_signs_and_the_old_one_is_still_believed()
    {
        var before = SampleSettings.Read(("Signals__UnsubscribeKeys", KeyOf(1)));
        var after = SampleSettings.Read(("Signals__UnsubscribeKeys", KeyOf(2) + ", " + KeyOf(1)));
        var token = new UnsubscribeToken(new string('a', 32), null, "o1");

        Assert.NotNull(new UnsubscribeTokens(after.LinkKeys).Verify(new UnsubscribeTokens(before.LinkKeys).Sign(token)));
        Assert.Null(new UnsubscribeTokens(before.LinkKeys).Verify(new UnsubscribeTokens(after.LinkKeys).Sign(token)));
    }

    [Theory]
    [InlineData("https://help.example/", "app.azurewebsites.net", "https://help.example")]
    [InlineData("", "app.azurewebsites.net", "https://app.azurewebsites.net")]
    [InlineData("", "localhost:7071", "http://localhost:7071")]
    public void The_public_address_is_the_settings_or_the_hosts(string setting, string host, string address)
    {
        string model = ModelWith("publicUrl", null);

        Assert.Equal(
            address,
            SampleSettings.Read(("Signals__ModelFile", model), ("Signals__PublicUrl", setting), ("WEBSITE_HOSTNAME", host)).PublicUrl
        );
    }

    [Fact]
    public void The_models_address_stands_where_no_setting_does()
    {
        string model = ModelWith("publicUrl", "https://signals.model.example");

        Assert.Equal(
            ["https://signals.model.example", "https://help.example"],
            new[] { "", "https://help.example" }.Select(setting =>
                SampleSettings
                    .Read(("Signals__ModelFile", model), ("Signals__PublicUrl", setting), ("WEBSITE_HOSTNAME", "app.azurewebsites.net"))
                    .PublicUrl
            )
        );
    }

    [Fact]
    public void A_live_model_needs_an_address_for_its_links()
    {
        string model = ModelWith("mode", "live");

        var refused = Assert.Throws<InvalidSettingsException>(() =>
            SampleSettings.Read(("Signals__ModelFile", model), ("Signals__PublicUrl", ""))
        );

        Assert.Equal(["Signals__PublicUrl"], refused.Faults.Select(fault => fault.Name));
        Assert.Equal(
            "http://localhost",
            SampleSettings.Read(("Signals__ModelFile", ModelWith("mode", "dry-run")), ("Signals__PublicUrl", "")).PublicUrl
        );
    }

    /// <summary>A small model file of its own, with one member of its outreach.</summary>
    private static string ModelWith(string name, string? value)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("signals-model-").FullName, "model.json");
        string member = value is null ? "" : $"\"{name}\": \"{value}\"";
        File.WriteAllText(
            path,
            $$"""{ "product": "Nimbus", "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 3 }] }, "outreach": { {{member}} } }"""
        );
        return path;
    }

    private static string KeyOf(byte filling)
    {
        byte[] key = new byte[32];
        Array.Fill(key, filling);
        return Convert.ToBase64String(key);
    }
}

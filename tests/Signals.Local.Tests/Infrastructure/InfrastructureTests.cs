using System.Text.Json;
using System.Text.RegularExpressions;
using Signals.Core.Platform.Messaging;
using Signals.Testing;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>Holds together what is deployed, what the app reads and what the pages say.</summary>
public sealed partial class InfrastructureTests
{
    private static readonly string Main = BicepText.Read("main.bicep");
    private static readonly string FunctionApp = BicepText.Read("modules", "function-app.bicep");
    private static readonly string ServiceBus = BicepText.Read("modules", "service-bus.bicep");

    [Fact]
    public void The_settings_page_lists_the_app_settings_that_are_deployed()
    {
        Assert.Equal(BicepText.AppSettings(FunctionApp), SettingsPage(where: "Azure"));
    }

    [Fact]
    public void The_settings_page_lists_the_local_settings_of_the_sample()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")));

        var settings = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name);

        Assert.Equal([.. settings], SettingsPage(where: "local"));
    }

    [Fact]
    public void The_queues_that_are_deployed_are_the_apps_queues()
    {
        Assert.Equal(QueueNames.All, BicepText.Strings(Main, "queueNames"));
        Assert.Equal(new MessageQueueOptions().MaxDeliveryCount, int.Parse(BicepText.Property(ServiceBus, "maxDeliveryCount")));
        Assert.Equal("true", BicepText.Property(ServiceBus, "requiresDuplicateDetection"));
        Assert.Equal("true", BicepText.Property(ServiceBus, "deadLetteringOnMessageExpiration"));
    }

    [Fact]
    public void The_emulator_has_the_same_queues_with_the_same_limits()
    {
        using var config = JsonDocument.Parse(BicepText.Read("emulator", "config.json"));
        var queues = config
            .RootElement.GetProperty("UserConfig")
            .GetProperty("Namespaces")[0]
            .GetProperty("Queues")
            .EnumerateArray()
            .ToList();

        Assert.Equal(QueueNames.All, queues.Select(queue => queue.GetProperty("Name").GetString()));
        Assert.All(
            queues.Select(queue => queue.GetProperty("Properties")),
            properties =>
            {
                Assert.Equal(BicepText.Property(ServiceBus, "lockDuration"), properties.GetProperty("LockDuration").GetString());
                Assert.Equal(BicepText.Property(ServiceBus, "maxDeliveryCount"), properties.GetProperty("MaxDeliveryCount").GetRawText());
                Assert.True(properties.GetProperty("RequiresDuplicateDetection").GetBoolean());
                Assert.True(properties.GetProperty("DeadLetteringOnMessageExpiration").GetBoolean());
            }
        );
    }

    [Theory]
    [InlineData("postprovision.sh", "keep ")]
    [InlineData("postprovision.ps1", "Save-Secret '")]
    public void Every_secret_that_the_app_cannot_start_without_is_made_by_the_hook(string hook, string store)
    {
        var needed = SecretReference()
            .Matches(FunctionApp)
            .Select(match => match.Groups["name"].Value)
            .Except([
                "sendgrid-api-key",
                "smtp-password",
                "smtp-oauth-client-secret",
                "slack-signing-secret",
                "webhook-secrets",
                "door-secrets",
            ]);

        var made = Regex
            .Matches(
                BicepText.Read("hooks", hook),
                $"^{Regex.Escape(store)}(?<name>[a-z-]+)",
                RegexOptions.Multiline | RegexOptions.NonBacktracking
            )
            .Select(match => match.Groups["name"].Value);

        Assert.Equal(needed.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_parameters_file_passes_every_parameter_on_with_its_own_default()
    {
        Assert.Equal(
            BicepText.Parameters(Main),
            ParametersFile().ToDictionary(parameter => parameter.Name, parameter => parameter.Default)
        );
    }

    [Fact]
    public void The_deployment_page_explains_every_variable_that_can_be_set()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploying.md"));

        Assert.All(
            ParametersFile()
                .Select(parameter => parameter.Variable)
                .Where(variable => variable.StartsWith("SIGNALS_", StringComparison.Ordinal)),
            variable => Assert.Contains($"| `{variable}` |", page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_deployment_page_tells_every_default()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploying.md"));
        var defaults = ParametersFile()
            .Where(parameter =>
                parameter.Variable.StartsWith("SIGNALS_", StringComparison.Ordinal) && parameter.Default is { Length: > 0 }
            );

        Assert.All(defaults, parameter => Assert.Matches($@"\| `{parameter.Variable}` \| `?{Regex.Escape(parameter.Default!)}`? \|", page));
    }

    [Fact]
    public void The_snapshots_set_every_parameter_to_something_else_than_its_default()
    {
        // The app takes SendGrid or a mail server: no snapshot can have everything.
        var everything = BicepText.Parameters(BicepText.Read("snapshots", "everything.bicepparam"), assigned: true);
        var mailServer = BicepText.Parameters(BicepText.Read("snapshots", "mail-server-oauth.bicepparam"), assigned: true);

        Assert.All(
            BicepText.Parameters(Main),
            parameter =>
            {
                var snapshot = parameter.Key.StartsWith("smtp", StringComparison.Ordinal) ? mailServer : everything;
                Assert.NotEqual(parameter.Value, Assert.Contains(parameter.Key, snapshot));
            }
        );
    }

    [Fact]
    public void Every_metric_that_an_alert_goes_by_is_counted_by_the_app()
    {
        var asked = BicepText
            .All.Values.SelectMany(bicep => MetricName().Matches(bicep))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var sources = Directory
            .GetFiles(Path.Combine(Repository.Root, "functions"), "*Metrics.cs", SearchOption.AllDirectories)
            .Select(file => string.Join(' ', File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(sources, source => source.Contains($"\"{name}\", \"{{", StringComparison.Ordinal)));
    }

    /// <summary>
    /// Batch triggers are serial and leave locks to the app: what the extension has for single messages would only look as if it did
    /// something.
    /// </summary>
    [Fact]
    public void The_hosts_settings_are_those_that_batch_triggers_heed()
    {
        string[] forSingleMessages =
        [
            "maxConcurrentCalls",
            "maxConcurrentCallsPerSession",
            "maxConcurrentSessions",
            "maxAutoLockRenewalDuration",
            "sessionIdleTimeout",
        ];
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")));

        var set = host.RootElement.GetProperty("extensions").GetProperty("serviceBus").EnumerateObject().Select(setting => setting.Name);

        Assert.Equal(QueueNames.All.Count, Triggers("ServiceBusTrigger").Count);
        Assert.All(Triggers("ServiceBusTrigger"), trigger => Assert.Contains("IsBatched = true", trigger, StringComparison.Ordinal));
        Assert.Empty(set.Intersect(forSingleMessages));
        // The listener would hold messages back to fill a batch: they come late, and nobody renews their locks meanwhile.
        Assert.Empty(set.Intersect(["minMessageBatchSize", "maxBatchWaitTime"]));
    }

    /// <summary>
    /// The maximum holds for each function group: HTTP together, every other function by itself. A timer runs on one instance at a time.
    /// </summary>
    [Fact]
    public void The_deployment_page_counts_the_instances_that_a_flood_can_start()
    {
        int most = int.Parse(BicepText.Parameters(Main)["maximumInstanceCount"]!);
        int flooded = 1 + Triggers("ServiceBusTrigger").Count;
        int timers = Triggers("TimerTrigger").Count;

        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploying.md"));

        Assert.Contains($"{flooded + timers} × {most} = {(flooded + timers) * most} instances", page, StringComparison.Ordinal);
        Assert.Contains($"{flooded} × {most} + {timers} = {(flooded * most) + timers}", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_page_speaks_of_the_concurrency_that_is_deployed()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cost.md"));

        Assert.Contains(
            $"`httpConcurrency` of {BicepText.Parameters(Main)["httpConcurrency"]} an instance holds",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_deployment_page_lists_every_role_that_is_assigned()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deploying.md"));
        var assigned = BicepText
            .All.Values.SelectMany(bicep => RoleId().Matches(bicep))
            .Select(match => match.Value)
            .Distinct()
            .Order(StringComparer.Ordinal);

        var listed = RoleId().Matches(page).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(assigned, listed);
    }

    [Fact]
    public void No_key_opens_anything()
    {
        foreach (string resource in new[] { "modules/language.bicep", "modules/service-bus.bicep" })
            Assert.Equal("true", BicepText.Property(BicepText.Read(resource.Split('/')), "disableLocalAuth"));
        Assert.All(BicepText.All.Values, bicep => Assert.DoesNotContain("listKeys", bicep, StringComparison.OrdinalIgnoreCase));

        string storage = BicepText.Read("modules", "storage.bicep");
        Assert.Equal(Regex.Count(storage, "'Microsoft.Storage/storageAccounts@"), Regex.Count(storage, "allowSharedKeyAccess: false"));
    }

    /// <summary>The attributes of one kind of trigger, as written.</summary>
    private static List<string> Triggers(string kind) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "functions"), "*Function.cs", SearchOption.AllDirectories)
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), $@"\[{kind}\([^\]]*\]", RegexOptions.NonBacktracking))
                .Select(match => match.Value),
        ];

    private static SortedSet<string> SettingsPage(string where) =>
        [
            .. SettingRow()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md")))
                .Where(row => row.Groups["where"].Value.Contains(where, StringComparison.Ordinal))
                .Select(row => row.Groups["name"].Value),
        ];

    private static List<(string Name, string Variable, string? Default)> ParametersFile()
    {
        using var file = JsonDocument.Parse(BicepText.Read("main.parameters.json"));
        return
        [
            .. file
                .RootElement.GetProperty("parameters")
                .EnumerateObject()
                .Select(parameter =>
                {
                    string value = parameter.Value.GetProperty("value").GetString()!;
                    var match = Substitution().Match(value);
                    Assert.True(match.Success, $"{parameter.Name}: found {value}, expected ${{VARIABLE}} or ${{VARIABLE=default}}.");
                    return (
                        parameter.Name,
                        match.Groups["variable"].Value,
                        match.Groups["default"].Success ? match.Groups["default"].Value : null
                    );
                }),
        ];
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<where>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"secrets/(?<name>[a-z-]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"^\$\{(?<variable>[A-Z_]+)(=(?<default>.*))?\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Substitution();

    [GeneratedRegex(@"name == ""(?<name>signals\.[a-z.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleId();
}

@description('Makes names unique.')
param token string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Who is mailed. Empty: nobody.')
param email string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('The queues of the app.')
param queueNames string[]

@description('Messages in the queue of usage events that, left unread for 15 minutes, mean that folding lags.')
param foldLagMessages int

@description('Resource id of Application Insights.')
param applicationInsightsId string

var notify = empty(email) ? [] : [{ actionGroupId: operators.id }]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'signals'
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'signals-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message failed ten times, expired or could not be read. docs/operating.md says how to look at it and send it again.'
    severity: 1
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-lettered'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: queueNames
            }
          ]
        }
      ]
    }
    actions: notify
  }
}

resource foldLag 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'signals-fold-lag'
  location: 'global'
  tags: tags
  properties: {
    description: 'Usage events arrive faster than they are folded: for 15 minutes the queue was never short. Nothing is lost, but flags come late.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'waiting'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: foldLagMessages
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: ['usage']
            }
          ]
        }
      ]
    }
    actions: notify
  }
}

resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'signals-server-errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'signals-server-errors'
    description: 'The app answers with 5xx. SDKs keep their events and send them again, for a while.'
    severity: 2
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'requests | where toint(resultCode) >= 500'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 20
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: empty(email) ? {} : { actionGroups: [operators.id] }
  }
}

// The app gives a message that it cannot handle back one by one, so that no invocation fails: these go by what it counts itself.
resource noMail 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'signals-no-mail'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'signals-no-mail'
    description: 'No mail can be sent: the key, account or sender at SendGrid or the mail server is at fault. Mails wait, and expire after a few days.'
    severity: 1
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "signals.mail.blocked"'
          metricMeasureColumn: 'valueSum'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: empty(email) ? {} : { actionGroups: [operators.id] }
  }
}

resource handlingFails 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'signals-handling-fails'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'signals-handling-fails'
    description: 'Batches fail as a whole, or messages cannot be settled: tables, the bus or the code are at fault. Messages come again, ten times at most.'
    severity: 2
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "signals.handler.failures" or (name == "signals.messages.settled" and tostring(customDimensions.outcome) == "unsettled")'
          metricMeasureColumn: 'valueSum'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 20
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: empty(email) ? {} : { actionGroups: [operators.id] }
  }
}
